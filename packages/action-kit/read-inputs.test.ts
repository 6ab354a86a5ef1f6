import assert from "node:assert/strict";
import { test } from "node:test";
import { isCutoverError } from "@cutover/release";
import * as z from "zod";
import { type Contract, isSecret } from "./contract.ts";
import { duration, flag, keyValues, text } from "./index.ts";
import { parseInputs, rawInputs, secretInputs, unknownInputs } from "./read-inputs.ts";

const contract = {
  name: "ring",
  description: "Rings.",
  inputs: z
    .object({
      bell: text(),
      lockTimeout: duration().prefault("5m"),
      dryRun: flag().prefault("false"),
      token: text().optional().meta({ secret: true }),
      headers: keyValues().meta({ secret: true }).optional(),
    })
    .check(({ value, issues }) => {
      if (value.bell === "big" && value.dryRun)
        issues.push({ code: "custom", path: ["dryRun"], message: "expected false with a big bell", input: value });
    }),
  outputs: z.object({}),
} satisfies Contract;

function problems(env: Record<string, string>): string[] {
  try {
    parseInputs(contract, rawInputs(contract, env));
  } catch (error) {
    assert.ok(isCutoverError(error, "input-invalid"));
    return error.message.split("\n");
  }
  return [];
}

test("finds an input by its name in kebab-case, and takes an empty one as not given", () => {
  const raw = rawInputs(contract, { INPUT_BELL: " big ", "INPUT_LOCK-TIMEOUT": "", "INPUT_DRY-RUN": "  " });
  assert.deepEqual(raw, { bell: "big" });
  assert.deepEqual(parseInputs(contract, raw), { bell: "big", lockTimeout: 300_000, dryRun: false });
});

test("reports every bad input at once, and no secret", () => {
  const long = "x".repeat(100);
  const found = problems({
    "INPUT_LOCK-TIMEOUT": "abc",
    "INPUT_DRY-RUN": `yes\n::error::${long}`,
    INPUT_HEADERS: "hunter2hunter2",
  });
  assert.deepEqual(found, [
    "bell: expected a text, got nothing",
    'lock-timeout: expected a duration such as 90s, 5m or 30d, got "abc"',
    `dry-run: expected true or false, got "yes\\n::error::${"x".repeat(67)}…"`,
    "headers: expected lines of key=value, got a secret that is not shown",
  ]);
});

test("reports what two inputs say against each other in the rule's own words", () => {
  assert.deepEqual(problems({ INPUT_BELL: "big", "INPUT_DRY-RUN": "true" }), [
    "dry-run: expected false with a big bell",
  ]);
});

test("knows a secret through whatever wraps it", () => {
  const secret = text().meta({ secret: true });
  for (const field of [secret, secret.optional(), secret.prefault("x"), secret.optional().describe("d")])
    assert.equal(isSecret(field), true);
  assert.equal(isSecret(text().describe("d")), false);
  const raw = rawInputs(contract, { INPUT_TOKEN: "t0ken", INPUT_BELL: "big" });
  assert.deepEqual(secretInputs(contract, raw), [["token", "t0ken"]]);
});

test("names the inputs that the contract does not know, and what was probably meant", () => {
  assert.equal(unknownInputs(contract, { INPUT_BELL: "x", PATH: "/bin" }), undefined);
  const env = { INPUT_DRYRUN: "true", INPUT_LOCK_TIMEOUT: "1m", INPUT_BEL: "x", INPUT_COLOR: "x" };
  assert.equal(
    unknownInputs(contract, env),
    "ring takes no input dryrun (did you mean dry-run?), lock_timeout (did you mean lock-timeout?), " +
      "bel (did you mean bell?), color; what is said there has no effect",
  );
});
