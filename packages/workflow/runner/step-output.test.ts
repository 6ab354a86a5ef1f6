import assert from "node:assert/strict";
import { test } from "node:test";
import { createSecretMasker } from "./secret-masker.ts";
import { readOutput, type StepOutput } from "./step-output.ts";

function outputOf(...lines: string[]): StepOutput {
  const reader = readOutput(createSecretMasker());
  for (const line of lines) reader.readLine(line);
  return reader.output;
}

test("carries out commands and shows what they leave", () => {
  const output = outputOf("hello", "::warning file=a.ts,line=3::late", "::set-output name=color::blue", "::debug::no");
  assert.deepEqual(output.log, ["hello", "##[warning]late"]);
  assert.deepEqual(output.annotations, [
    { level: "warning", message: "late", properties: { file: "a.ts", line: "3" } },
  ]);
  assert.deepEqual(output.outputs, { color: "blue" });
  assert.equal(output.failed, false);
});

test("hides a mask from its command on", () => {
  const { log } = outputOf("secret", "::add-mask::secret", "a secret");
  assert.deepEqual(log, ["secret", "a ***"]);
});

test("obeys nothing between stop-commands and its token, in either form", () => {
  const { log, annotations, failed } = outputOf(
    "::stop-commands::t0ken",
    "::error::forged",
    "x ##[set-env name=A]b",
    "::stop-commands::other",
    "::T0KEN::",
    "::notice::real",
  );
  assert.deepEqual(
    annotations.map(({ message }) => message),
    ["real"],
  );
  assert.equal(log[1], "::error::forged");
  assert.equal(failed, false);
});

test("fails the step for commands that are disabled, and for a stop token that could be met by chance", () => {
  for (const line of ["::set-env name=A::b", "::add-path::/x", "::stop-commands::", "::stop-commands::error"])
    assert.equal(outputOf(line).failed, true, line);
});

test("does not nest groups: an inner one ends the outer", () => {
  const { groups } = outputOf("::group::a", "1", "::group::b", "2", "::endgroup::", "3", "::endgroup::", "4");
  assert.deepEqual(groups, [
    { title: "a", lines: ["1"] },
    { title: "b", lines: ["2"] },
  ]);
});

test("keeps ten annotations of a level and 4,096 characters of each", () => {
  const { annotations, droppedAnnotations } = outputOf(
    ...Array.from({ length: 12 }, (_, index) => `::warning::${index}`),
    `::error::${"x".repeat(5_000)}`,
  );
  assert.equal(annotations.length, 11);
  assert.equal(droppedAnnotations, 2);
  assert.equal(annotations.at(-1)?.message.length, 4_096);
});
