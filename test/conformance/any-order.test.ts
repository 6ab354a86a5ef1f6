import assert from "node:assert/strict";
import { test } from "node:test";
import { answerDifferences } from "./difference.ts";
import type { Normalized } from "./normalize.ts";

function refusal(...causes: readonly (readonly [field: string, message: string])[]): Normalized {
  const sentences = [...new Set(causes.map(([field, message]) => `${field}: ${message}`))];
  const message = `ConfigMap "web" is invalid: ${sentences.length === 1 ? sentences.join() : `[${sentences.join(", ")}]`}`;
  return {
    code: 422,
    body: { message, details: { causes: causes.map(([field, text]) => ({ field, message: text })) } },
  };
}

const badName = ["metadata.name", "bad"] as const;
const [a, b] = [["metadata.labels", "a is bad"] as const, ["metadata.labels", "b is bad"] as const];
const [cpu, memory] = [["limits[cpu]", "must be more"] as const, ["limits[memory]", "must be more"] as const];

test("what is wrong with the entries of one map may be said in any order", () => {
  assert.deepEqual(answerDifferences(refusal(badName, a, b), refusal(badName, b, a)), []);
  assert.deepEqual(answerDifferences(refusal(cpu, memory), refusal(memory, cpu)), []);
  assert.deepEqual(answerDifferences(refusal(a, b, a), refusal(b, a, a)), []);
});

test("of other fields only in the same order, and nothing may be missing", () => {
  assert.notDeepEqual(answerDifferences(refusal(badName, a), refusal(a, badName)), []);
  assert.notDeepEqual(answerDifferences(refusal(a, b), refusal(a)), []);
  assert.notDeepEqual(answerDifferences(refusal(a, b), refusal(a, a)), []);
});
