import assert from "node:assert/strict";
import { test } from "node:test";
import type { StepPlace, StepReport, WorkflowEvent } from "@cutover/workflow";
import { stepReader } from "./progress.ts";
import type { StepView } from "./scene.ts";

const place: StepPlace = { job: "release", jobName: "Release", number: 1, id: "release", stepName: "Release" };

/** What the runner says first. */
const start = "##[group]Run cutover-actions/cutover/actions/rollback@v1\nwith:\n  to: 1\n##[endgroup]";

function read(log: string, conclusion: StepReport["conclusion"] = "success"): StepView[] {
  const steps: StepView[] = [];
  let now = 0;
  const reader = stepReader(steps, () => now++);
  const result = { ...{ name: "Release", id: "release", outcome: conclusion, conclusion, outputs: {} } };
  const ended = {
    type: "step-ended",
    result: { ...result, summary: "", annotations: [], log, durationMs: 1 },
  } as const;
  const lines: WorkflowEvent[] = `${start}\n${log}`.split("\n").map((line) => ({ type: "line", line, ...place }));
  for (const event of [{ type: "step-started" as const, ...place }, ...lines, { ...ended, ...place }]) reader(event);
  return steps;
}

test("reads a step, and what its action tells, with the newest line", () => {
  const log = "##[group]Wait\n1 of 2 ready\n2 of 2 ready\n##[endgroup]\nDone\n##[group]Switch";
  assert.deepEqual(read(log), [
    { title: "Release", isInner: false, from: 0, to: 4, failed: false, said: "" },
    { title: "Wait", isInner: true, from: 1, to: 2, failed: false, said: "2 of 2 ready" },
    { title: "Switch", isInner: true, from: 3, to: undefined, failed: false, said: "" },
  ]);
});

test("takes what an action quotes for its failure, and obeys nothing in it", () => {
  const log = "##[group]Wait\n::stop-commands::abc\n  3 of 3 pods crashed\n##[group]no\n::abc::\n##[endgroup]";
  const [step, ...inner] = read(log, "failure");
  assert.equal(step?.failed, true);
  assert.deepEqual(inner, [
    { title: "Wait", isInner: true, from: 1, to: 2, failed: true, said: "3 of 3 pods crashed" },
  ]);
});

test("shortens digests and pins", () => {
  const [, record] = read(`##[group]Record of actions/checkout@${"ab".repeat(20)}\napp shop@sha256:${"ab".repeat(32)}`);
  assert.equal(record?.title, "Record of actions/checkout@abababa");
  assert.equal(record?.said, "app shop@sha256:abababababab…");
});
