import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { failing, failure, fresh, run } from "./converge.test-kit.ts";
import type { Ending } from "./converge.ts";
import type { ErrorCode } from "./errors.ts";
import { deploy, scene, told } from "./scenes.ts";
import type { Failure } from "./step.ts";

suite("A revision that is not good", () => {
  test("before the switch is marked and emptied, and traffic stays", async () => {
    const { ending, engine } = await run(fresh, deploy(), { "await-ready": [{ failure: failure("await-ready") }] });
    assert.deepEqual(
      engine.executed.map((step) => step.kind),
      ["lock", "record", "prepare", "await-ready", "mark", "retire"],
    );
    assert.deepEqual([ending.outcome, ending.reason, ending.hint], ["failed", "No pod is ready", "Mend the probe"]);
    assert.equal(ending.observed.service.active, "blue");
    assert.equal(ending.journal.find((entry) => entry.step.kind === "await-ready")?.result, "failed");
  });

  test("after the switch is left, drained and emptied", async () => {
    const { ending, engine } = await run(fresh, deploy({ drain: 5_000 }), {
      confirm: [{ failure: failure("confirm") }],
    });
    const kinds = engine.executed.map((step) => step.kind);
    assert.deepEqual(kinds, [
      "lock",
      "record",
      "prepare",
      "await-ready",
      "switch",
      "confirm",
      "switch-back",
      "mark",
      "drain",
      "retire",
    ]);
    assert.equal(ending.outcome, "rolled-back");
    assert.equal(ending.observed.service.active, "blue");
  });

  const condemning: readonly [code: ErrorCode, outcome: Failure["outcome"]][] = [
    ["rejected", "failed"],
    ["manifest-invalid", "failed"],
    ["process-failed", "failed"],
    ["not-found", "failed"],
    ["timed-out", "timed-out"],
  ];
  for (const [code, outcome] of condemning) {
    test(`is told by the error ${code}`, async () => {
      const { ending } = await run(fresh, deploy(), { prepare: [failing(code, "Ask Ann")] });
      assert.deepEqual(ending.evidence.failure, {
        outcome,
        revision: 2,
        color: "green",
        step: "prepare",
        reason: `It is ${code}`,
        hint: "Ask Ann",
      });
      assert.deepEqual(told(ending.observed.history), { 1: "A confirmed", 2: "B failed" });
      assert.equal(ending.outcome, outcome);
    });
  }

  test("needs no hint", async () => {
    const { ending } = await run(fresh, deploy(), { prepare: [failing("rejected")] });
    assert.deepEqual([ending.reason, ending.hint], ["It is rejected", undefined]);
  });

  test("is emptied of what the failing step had written already", async () => {
    const written = scene({ locked: true, green: {}, history: { 1: "A confirmed", 2: "B" } });
    const { ending } = await run(fresh, deploy(), {
      prepare: [failing("rejected")],
      look: ["well", "well", "well", () => written],
    });
    assert.equal(ending.observed.slots.green.replicas, 0);
  });

  test("is not to be told by an error of a step that is not about it", async () => {
    const { ending } = await run(fresh, deploy(), { record: [failing("rejected")] });
    assert.deepEqual([ending.outcome, ending.reason, ending.evidence.failure], ["failed", "It is rejected", undefined]);
  });
});

suite("An error that is not about the revision", () => {
  const ends: readonly [code: ErrorCode, outcome: Ending["outcome"]][] = [
    ["superseded", "superseded"],
    ["refused", "refused"],
    ["forbidden", "failed"],
    ["unauthorized", "failed"],
    ["unreachable", "failed"],
    ["unavailable", "failed"],
    ["input-invalid", "failed"],
  ];
  for (const [code, outcome] of ends) {
    test(`ends the run at once as ${outcome} if it is ${code}`, async () => {
      const { ending, engine } = await run(fresh, deploy(), { confirm: [failing(code, "Ask Ann")] });
      assert.deepEqual([ending.outcome, ending.reason, ending.hint], [outcome, `It is ${code}`, "Ask Ann"]);
      assert.equal(engine.executed.at(-1)?.kind, "confirm");
      assert.equal(ending.evidence.failure, undefined);
    });
  }

  test("ends as timed out if the lock was not to be had", async () => {
    const { ending } = await run(fresh, deploy(), { lock: [failing("timed-out")] });
    assert.deepEqual([ending.outcome, ending.hint], ["timed-out", undefined]);
  });

  test("in a later look does not condemn the step before it", async () => {
    const { ending } = await run(fresh, deploy(), {
      look: ["well", "well", "well", "well", "well", "well", failing("timed-out")],
    });
    assert.deepEqual([ending.outcome, ending.evidence.failure], ["timed-out", undefined]);
    assert.equal(ending.evidence.switched, true);
  });

  test("in the first look is thrown, for nothing is known", async () => {
    await assert.rejects(run(fresh, deploy(), { look: [failing("unreachable")] }), /It is unreachable/);
  });

  test("while a failure is cleaned up does not hide the failure", async () => {
    const script = { "await-ready": [{ failure: failure("await-ready") }], mark: [failing("forbidden", "Ask Ann")] };
    const { ending } = await run(fresh, deploy(), script);
    assert.deepEqual([ending.outcome, ending.hint], ["failed", "Mend the probe"]);
    assert.equal(ending.reason, "No pod is ready\nBefore that was cleaned up: It is forbidden");
  });

  test("that another run has taken over is told even while a failure is cleaned up", async () => {
    const script = { "await-ready": [{ failure: failure("await-ready") }], retire: [failing("superseded")] };
    assert.equal((await run(fresh, deploy(), script)).ending.outcome, "superseded");
  });

  test("condemns only once: cleaning up that is rejected ends the run", async () => {
    const script = { prepare: [failing("rejected")], mark: [failing("rejected")] };
    const { ending, engine } = await run(fresh, deploy(), script);
    assert.deepEqual(
      engine.executed.map((step) => step.kind),
      ["lock", "record", "prepare", "mark"],
    );
    assert.equal(ending.outcome, "failed");
  });
});

suite("A bug", () => {
  for (const [where, script] of [
    ["in a step", { prepare: [new TypeError("x is not a function")] }],
    ["in a look", { look: ["well", new TypeError("x is not a function")] }],
  ] as const) {
    test(`${where} is thrown, not told as an end`, async () => {
      await assert.rejects(run(fresh, deploy(), script), TypeError);
    });
  }
});

suite("A run that is cancelled", () => {
  test("ends between two steps", async () => {
    const { ending, engine } = await run(fresh, deploy(), { cancelledIn: "prepare" });
    assert.equal(engine.executed.at(-1)?.kind, "prepare");
    assert.deepEqual([ending.outcome, ending.reason], ["failed", "Cancelled (SIGINT) between two steps"]);
    assert.match(ending.hint ?? "", /Run it again/);
  });

  test("has succeeded if there was nothing left to do", async () => {
    const { ending } = await run(fresh, deploy(), { cancelledIn: "mark" });
    assert.equal(ending.outcome, "succeeded");
  });

  test("tells of the failure that it was cleaning up", async () => {
    const { ending } = await run(fresh, deploy(), {
      "await-ready": [{ failure: failure("await-ready") }],
      cancelledIn: "mark",
    });
    assert.equal(ending.reason, "No pod is ready\nBefore that was cleaned up: Cancelled (SIGINT) between two steps");
  });
});
