import assert from "node:assert/strict";
import { test } from "node:test";
import { flagIn } from "./flag-document.ts";

const documents: readonly [document: unknown, flag: string, state: string | undefined][] = [
  [{ checkout: false }, "checkout", "false"],
  [{ checkout: { enabled: true, rollout_percentage: 10 } }, "checkout", "true"],
  [{ checkout: { enabled: true, rollout_percentage: 10 } }, "/checkout/rollout_percentage", "10"],
  [{ flags: { checkout: { value: "blue", enabled: true } } }, "checkout", "blue"],
  [{ version: 2, features: [{ name: "checkout", enabled: false }] }, "checkout", "false"],
  [[{ key: "checkout", value: 3 }], "checkout", "3"],
  [{ "a/b": { "c~d": [null, "x"] } }, "/a~1b/c~0d/1", "x"],
  [{ features: [{ name: "other", enabled: true }] }, "checkout", undefined],
  [{ features: [{ name: "checkout" }] }, "checkout", undefined],
  [{ checkout: true }, "toString", undefined],
  ["checkout", "checkout", undefined],
];

for (const [document, flag, state] of documents)
  test(`finds ${flag} in ${JSON.stringify(document)} to be ${state}`, () => {
    assert.equal(flagIn(document, flag), state);
  });
