import assert from "node:assert/strict";
import { test } from "node:test";
import { findGoal } from "./goal.ts";
import { wantedTogether } from "./joint-rollback.ts";
import type { Observed } from "./model.ts";
import { nextStep } from "./next-step.ts";
import { deploy, hashes, rollback, type Sketch, scene } from "./scenes.ts";
import { noEvidence } from "./step.ts";

const history = { 1: "A confirmed", 2: "B confirmed" };

/** A service of this name whose revisions were released by these steps. */
function named(name: string, sketch: Sketch, steps: Readonly<Record<number, string>>): Observed {
  const seen = scene(sketch);
  return {
    ...seen,
    service: { ...seen.service, name },
    history: seen.history.map((one) => ({ ...one, step: steps[one.revision] })),
  };
}

/** Serves B; its third revision was recorded, and never got the traffic. */
const unreached: Sketch = {
  active: "green",
  green: {},
  blue: { holds: "C", revision: 3 },
  history: { ...history, 3: "C" },
};
/** Serves C, the third. */
const moved: Sketch = { active: "blue", blue: { holds: "C", revision: 3 }, green: {}, history: { ...history, 3: "C" } };
const steps = { 1: "first", 2: "second", 3: "third" };

test("what a release that died between two switches never reached stays, and the others go back to it", () => {
  const all = [named("web", moved, steps), named("api", unreached, steps)];
  const wanted = wantedTogether(all, rollback());
  const goals = all.map((one) => findGoal(one, wanted));
  const back = { color: "green", hash: hashes("B").green, revision: 2 };
  assert.deepEqual(goals, [back, back]);
  const [, stays] = all.map((one) => nextStep(one, noEvidence, wanted));
  assert.ok(stays?.kind === "done");
  assert.match(stays.hint ?? "", /^The release that is undone never reached it/);
});

test("it stays too where the rollback has died, or is done, for the others", () => {
  const gone: Sketch = { ...unreached, history: { ...history, 3: "C failed" }, rolledBackFrom: 3 };
  const wanted = wantedTogether([named("web", gone, steps), named("api", unreached, steps)], rollback());
  assert.deepEqual("staying" in wanted && wanted.staying, ["api"]);
});

for (const [sentence, all] of [
  ["what waits for its approval everywhere", [unreached, unreached].map((one) => named("shop", one, steps))],
  ["another release", [named("web", moved, steps), named("api", unreached, { ...steps, 3: "fourth" })]],
  ["what nobody knows the step of", [named("web", moved, {}), named("api", unreached, {})]],
] as const) {
  test(`each goes back by itself over ${sentence}`, () => {
    assert.deepEqual(wantedTogether(all, rollback()), rollback());
  });
}

test("a number and a release mean what they say", () => {
  const all = [named("web", moved, steps), named("api", unreached, steps)];
  for (const wanted of [rollback(2), deploy()]) assert.equal(wantedTogether(all, wanted), wanted);
});
