import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { conflict, finished, fresh, run, sick } from "./converge.test-kit.ts";
import { converge } from "./converge.ts";
import type { Observed } from "./model.ts";
import { deploy, retire, rollback, type Sketch, scene, told } from "./scenes.ts";
import { always, recordedSurroundings, scriptedEngine } from "./scripted-engine.ts";

suite("A run that goes well", () => {
  test("carries out the plan, and ends with what it found and proved", async () => {
    const { ending, engine } = await run(fresh, deploy({ probe: true }));
    const kinds = ["lock", "record", "prepare", "await-ready", "probe", "switch", "confirm", "mark"];
    assert.deepEqual(
      engine.executed.map((step) => step.kind),
      kinds,
    );
    assert.equal(ending.outcome, "succeeded");
    assert.equal(ending.reason, "Service shop serves revision 2 from green");
    assert.equal(ending.hint, undefined);
    assert.equal(ending.observed.service.active, "green");
    assert.deepEqual(ending.evidence, { probed: "green-2", switched: true, confirmed: "green-2" });
  });

  test("keeps a journal of every step, with its time", async () => {
    const { ending } = await run(finished, rollback());
    assert.deepEqual(
      ending.journal.map(({ title, milliseconds, result }) => [title, milliseconds, result]),
      [
        ["Lock and claim", 1_000, "passed"],
        ["Switch traffic from green to blue", 1_000, "passed"],
        ["Confirm that blue serves revision 1", 1_000, "passed"],
        ["Mark revision 2 failed", 1_000, "passed"],
      ],
    );
    assert.deepEqual(
      ending.journal.map((entry) => entry.startedAt.toISOString().slice(17, 19)),
      ["00", "02", "04", "06"],
    );
  });

  test("writes its log in one group a step", async () => {
    const { lines } = await run(finished, rollback());
    assert.deepEqual(lines, [
      "group: Lock and claim",
      "group: Switch traffic from green to blue",
      "group: Confirm that blue serves revision 1",
      "group: Mark revision 2 failed",
    ]);
  });

  test("publishes what it sees after every look, the first and the last included", async () => {
    const { ending, seen } = await run(finished, rollback());
    assert.equal(seen.length, ending.journal.length + 1);
    assert.equal(seen.at(-1), ending.observed);
    assert.deepEqual(
      seen.map((one) => one.service.active),
      ["green", "green", "blue", "blue", "blue"],
    );
  });

  test("needs nobody to publish to", async () => {
    const ending = await converge(scriptedEngine(scene(finished)), deploy(), recordedSurroundings());
    assert.deepEqual([ending.outcome, ending.journal], ["succeeded", []]);
  });

  test("ends refused where the world is no ground for it, which it has seen twice", async () => {
    const { ending, seen } = await run({ ...fresh, defects: ["Service shop is headless"] }, deploy());
    assert.deepEqual([ending.outcome, ending.reason, seen.length], ["refused", "Service shop is headless", 2]);
    assert.match(ending.hint ?? "", /Mend Service shop/);
  });

  test("refuses nothing for what was so at the first look alone", async () => {
    const half: Sketch = { ...finished, history: { 1: "A confirmed", 2: "B" } };
    const whole = () => scene(finished);
    const { ending, engine } = await run(half, retire(), { look: ["well", whole] });
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.deepEqual(
      engine.executed.map(({ kind }) => kind),
      ["lock", "retire"],
    );
  });
});

suite("When somebody else wrote first,", () => {
  test("the run looks again and goes on", async () => {
    const { ending, lines } = await run(fresh, deploy(), { prepare: [conflict, conflict], switch: [conflict] });
    assert.equal(ending.outcome, "succeeded");
    assert.deepEqual(
      ending.journal.filter((entry) => entry.result === "failed").map((entry) => entry.step.kind),
      ["prepare", "prepare", "switch"],
    );
    assert.ok(lines.includes("debug: Prepare green with revision 2: Somebody else wrote Service shop first"));
  });

  test("the run decides anew from what it sees then", async () => {
    const moved = (seen: Observed): Observed => ({
      ...seen,
      service: { ...seen.service, defects: ["Service shop became headless"] },
    });
    const { ending } = await run(fresh, deploy(), { prepare: [conflict], look: ["well", "well", "well", moved] });
    assert.deepEqual([ending.outcome, ending.reason], ["refused", "Service shop became headless"]);
  });

  test("the run gives up after twenty times in a row", async () => {
    const { ending, engine } = await run(fresh, deploy(), { prepare: always(conflict) });
    assert.deepEqual([ending.outcome, ending.reason], ["failed", conflict.message]);
    assert.equal(engine.executed.filter((step) => step.kind === "prepare").length, 20);
  });
});

suite("When a step does not last,", () => {
  test("the revision is abandoned after twenty times in a row", async () => {
    const { ending, engine } = await run(fresh, deploy(), { "await-ready": always(sick) });
    assert.equal(engine.executed.filter((step) => step.kind === "await-ready").length, 20);
    assert.equal(ending.outcome, "timed-out");
    assert.equal(ending.reason, "Wait until green is ready: done 20 times in a row, and it did not last");
    assert.deepEqual(told(ending.observed.history), { 1: "A confirmed", 2: "B failed" });
    assert.equal(ending.observed.slots.green.replicas, 0);
  });

  test("a run without a revision yet just ends", async () => {
    const unlocked = (seen: Observed): Observed => ({ ...seen, locked: false });
    const { ending } = await run(fresh, deploy(), { lock: always(unlocked) });
    assert.equal(ending.outcome, "timed-out");
    assert.equal(ending.evidence.failure, undefined);
  });
});
