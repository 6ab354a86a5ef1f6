import assert from "node:assert/strict";
import { test } from "node:test";
import { stepReader } from "./progress.ts";
import type { StepView } from "./scene.ts";

function read(log: string): StepView[] {
  const steps: StepView[] = [];
  let now = 0;
  const reader = stepReader(steps, () => now++);
  for (const line of log.split("\n")) reader(line);
  return steps;
}

test("reads steps with their newest line", () => {
  assert.deepEqual(
    read("::add-mask::x\n::group::Wait\n1 of 2 ready\n2 of 2 ready\n::endgroup::\nDone\n::group::Switch"),
    [
      { title: "Wait", from: 0, to: 1, failed: false, said: "2 of 2 ready" },
      { title: "Switch", from: 2, to: undefined, failed: false, said: "" },
    ],
  );
});

test("takes what a step quotes for its failure, and obeys nothing in it", () => {
  const log = "::group::Wait\n::stop-commands::abc\n  3 of 3 pods crashed\n::group::no\n::abc::\n::endgroup::";
  assert.deepEqual(read(log), [{ title: "Wait", from: 0, to: 1, failed: true, said: "3 of 3 pods crashed" }]);
});

test("shortens digests", () => {
  const [step] = read(`::group::Record\napp shop@sha256:${"ab".repeat(32)}`);
  assert.equal(step?.said, "app shop@sha256:abababababab…");
});
