import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { apply } from "./apply.ts";
import { findGoal } from "./goal.ts";
import type { Observed, Wanted } from "./model.ts";
import { nextStep } from "./next-step.ts";
import { emptyCluster, hashes, promote, retire, rollback, type Sketch, scene } from "./scenes.ts";
import { noEvidence } from "./step.ts";

const history = { 1: "A confirmed", 2: "B confirmed" };
/** Green serves B, revision 2; blue is what it was before. */
const finished: Sketch = { active: "green", green: {}, history };
const waits: Sketch = { green: {}, history: { 1: "A confirmed", 2: "B" } };

test("A retirement aims at what serves", () => {
  const goal = { color: "green", hash: hashes("B").green, revision: 2 };
  assert.deepEqual(findGoal(scene(finished), retire()), goal);
  assert.deepEqual(findGoal(scene(finished), retire("delete", 2)), goal);
});

suite("A retirement is refused", () => {
  const examples: readonly [sentence: string, seen: Observed, revision: number | undefined, refusal: string][] = [
    [
      "where no color is active",
      emptyCluster(),
      undefined,
      "Service shop selects no color, so none of its slots is old",
    ],
    ["of what was not signed off", scene(finished), 1, "Service shop serves revision 2, and not revision 1"],
    [
      "of what nobody can have signed off",
      scene({ ...finished, revision: undefined }),
      2,
      "Service shop serves no revision that is known, and not revision 2",
    ],
    [
      "where the active one has no number",
      scene({ ...finished, revision: undefined }),
      undefined,
      "What Service shop serves is not proved: its number is not known",
    ],
    [
      "before it is confirmed",
      scene({ ...waits, active: "green" }),
      2,
      "What Service shop serves is not proved: revision 2 is not confirmed",
    ],
    [
      "where it has failed",
      scene({ ...finished, history: { 2: "B failed" } }),
      undefined,
      "What Service shop serves is not proved: revision 2 is not confirmed",
    ],
    [
      "while its pods are ill",
      scene({ ...finished, green: { ready: 1 } }),
      undefined,
      "Service shop has 1 ready endpoints of green where it needs 2",
    ],
    [
      "while endpoints are missing",
      scene({ ...finished, endpoints: { green: 0 } }),
      undefined,
      "Service shop has 0 ready endpoints of green where it needs 2",
    ],
  ];
  for (const [sentence, seen, revision, refusal] of examples) {
    test(sentence, () => {
      const goal = findGoal(seen, retire("scale-down", revision));
      assert.equal("refusal" in goal ? goal.refusal : goal.color, refusal);
    });
  }
});

test("What another run has half done is no reason to refuse before that has ended, for all but a rollback", () => {
  const half = scene({ ...waits, active: "green", locked: false, busy: true });
  const comes = (wanted: Wanted, seen = half) => {
    const decision = nextStep(seen, noEvidence, wanted);
    return decision.kind === "step" ? decision.step.kind : decision.kind;
  };
  const unlike = promote({ hash: "another" });
  assert.deepEqual([comes(retire()), comes(unlike), comes(rollback(7))], ["lock", "lock", "refused"]);
  assert.deepEqual(
    [comes(retire(), { ...half, busy: false }), comes(unlike, { ...half, busy: false })],
    ["refused", "refused"],
  );
  assert.equal(comes(retire(), apply({ observed: half, evidence: noEvidence }, { kind: "lock" }).observed), "refused");
});

suite("A retirement ends", () => {
  const serves = "Service shop serves revision 2 from green";
  const examples: readonly [sentence: string, seen: Observed, how: "scale-down" | "delete", reason: string][] = [
    [
      "where the old slot is empty",
      scene({ ...finished, blue: { replicas: 0 } }),
      "scale-down",
      `${serves}; blue is scaled down`,
    ],
    ["where it is gone", scene({ ...finished, blue: "missing" }), "delete", `${serves}; there is no blue`],
    [
      "with what waits for its switch",
      scene(waits),
      "delete",
      "Service shop serves revision 1 from blue; green holds revision 2, which is newer, and stays",
    ],
  ];
  for (const [sentence, seen, how, reason] of examples) {
    test(sentence, () =>
      assert.deepEqual(nextStep({ ...seen, locked: false }, noEvidence, retire(how)), {
        kind: "done",
        outcome: "succeeded",
        reason,
      }),
    );
  }
});

suite("A retirement takes", () => {
  const left = { ...waits, history: { 1: "A confirmed", 2: "B failed" } };
  const examples: readonly [sentence: string, seen: Observed, color: "blue" | "green"][] = [
    ["what served before", scene(finished), "blue"],
    ["what hands have made", scene({ ...finished, blue: { revision: undefined } }), "blue"],
    ["a newer revision that has failed", scene(left), "green"],
    ["what a rollback left, without a mark of its own", scene({ ...waits, history, rolledBackFrom: 2 }), "green"],
  ];
  for (const [sentence, seen, color] of examples) {
    test(sentence, () =>
      assert.deepEqual(nextStep(seen, noEvidence, retire()), {
        kind: "step",
        step: { kind: "retire", color, how: "scale-down" },
      }),
    );
  }
});
