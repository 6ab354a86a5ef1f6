/** Walks of a run through the pure world, for this package's tests: every step is checked against what must never happen. */
import assert from "node:assert/strict";
import { apply, type World } from "./apply.ts";
import { approvalOf } from "./approval.ts";
import { otherColor } from "./color.ts";
import { findGoal } from "./goal.ts";
import { isBetter, isReady, isWhole } from "./health.ts";
import { findRevision } from "./history.ts";
import type { Observed, Wanted } from "./model.ts";
import { nextStep } from "./next-step.ts";
import { type End, noEvidence, type Step, title } from "./step.ts";

/** What becomes of the world when a step is carried out; `apply` if all goes well. */
export type Fate = (world: World, step: Step, index: number) => World;

export interface Walk {
  steps: readonly Step[];
  /** As it is after each step, the beginning first. */
  worlds: readonly World[];
  last: World;
  end: End;
}

/** Longer than any run that has something left to do, disturbed or not. */
const tooLong = 60;

/** A run from the first look to its end. @throws AssertionError at the first unsafe step, and for a run that has no end. */
export function walk(observed: Observed, wanted: Wanted, fate: Fate = apply): Walk {
  let last: World = { observed, evidence: noEvidence };
  const worlds = [last];
  const steps: Step[] = [];
  for (;;) {
    const decision = nextStep(last.observed, last.evidence, wanted);
    if (decision.kind !== "step") return { steps, worlds, last, end: decision };
    const { step } = decision;
    checkSafe(last, step, wanted);
    checkAllowed(last, step, wanted);
    steps.push(step);
    assert.ok(steps.length < tooLong, `The run has no end: ${steps.map(title).join(" → ")}`);
    last = fate(last, step, steps.length - 1);
    worlds.push(last);
  }
}

/** As the next run finds it: what was written is there, what was proved and the lock are gone. */
export function afterwards(observed: Observed, ago = 0): Observed {
  const { lastSwitch } = observed.service;
  const service = { ...observed.service, lastSwitch: lastSwitch && { ...lastSwitch, ago: lastSwitch.ago + ago } };
  return { ...observed, service, locked: false };
}

function checkSafe({ observed, evidence }: World, step: Step, wanted: Wanted): void {
  const { service, slots, history, locked } = observed;
  assert.ok(locked || step.kind === "lock", `“${title(step)}” before the lock`);
  checkAdoption(observed, step);
  checkFloor(observed, step);
  switch (step.kind) {
    case "prepare":
    case "await-ready":
    case "probe":
    case "smoke":
    case "drain":
    case "retire":
      assert.notEqual(step.color, service.active, `“${title(step)}” touches what serves`);
      break;
    case "confirm":
    case "soak":
      assert.equal(step.color, service.active, `“${title(step)}” though it does not serve`);
      break;
    case "switch": {
      const goal = findGoal(observed, wanted);
      assert.ok("color" in goal && goal.color === step.to && goal.revision === step.revision);
      assert.notEqual(step.to, service.active);
      assert.ok(isReady(slots[step.to]), "a switch to a slot that is not ready");
      assert.equal(slots[step.to].hash, goal.hash, "a switch to other content");
      assert.equal(slots[step.to].revision, goal.revision, "a switch to another revision");
      assert.deepEqual(service.obstacles[step.to], []);
      break;
    }
    case "switch-back":
      assert.equal(step.from, service.active);
      assert.equal(step.to, otherColor(step.from));
      assert.ok(isBetter(slots[step.to], slots[step.from]), "a switch back to something worse");
      break;
    case "mark":
      assert.ok(findRevision(history, step.revision), "a mark on what the history does not know");
      assert.notEqual(findRevision(history, step.revision)?.result, step.result, "a mark that is there already");
      break;
    case "lock":
      assert.ok(!locked, "a second lock");
      break;
    case "record":
    case "record-baseline":
      assert.equal(evidence.failure, undefined, `“${title(step)}” after a failure`);
      break;
  }
}

function checkFloor({ service, slots, history }: Observed, step: Step): void {
  if (step.kind !== "hold-floor" && step.kind !== "restore-floor") return;
  const { autoscaler, replicas, revision } = slots[step.color];
  if (step.kind === "hold-floor") {
    const { kept, ceiling } = autoscaler ?? { kept: true, ceiling: 0 };
    assert.ok(!kept && ceiling >= step.pods, "a floor that cannot be held");
    return;
  }
  assert.ok(autoscaler?.held, "a floor that nobody has raised");
  const serves = service.active === step.color && findRevision(history, revision)?.result === "confirmed";
  assert.ok(serves || replicas === 0, "a floor that is still needed");
}

/** Before a Service is taken over, nothing else is done to it or to what it sends to; and what was taken over is never overwritten. */
function checkAdoption({ adoption, slots, service, history }: Observed, step: Step): void {
  if (step.kind === "prepare") {
    const { adopted, hash } = slots[step.color];
    const isSame = findRevision(history, step.revision)?.hashes[step.color] === hash;
    assert.ok(!adopted || isSame, "other content for a Deployment that is not ours");
  }
  if (adoption === undefined) {
    assert.ok(!["adopt", "unadopt", "narrow"].includes(step.kind), `“${title(step)}” of what has a color`);
    return;
  }
  const { color, missing, refusal } = adoption;
  assert.ok("color" in step ? step.color === color : step.kind === "lock", `“${title(step)}” before the adoption`);
  assert.ok(!["prepare", "record", "retire", "drain", "confirm"].includes(step.kind), `“${title(step)}” before it`);
  if (step.kind === "adopt" || step.kind === "narrow") assert.equal(refusal, undefined, "an adoption that was refused");
  if (step.kind !== "narrow") return;
  assert.equal(missing, "nothing", "a selector narrower than what carries the color");
  assert.ok(isWhole(slots[color]), "a selector narrowed to pods that are not ready");
  assert.equal(slots[color].revision, step.revision, "a selector narrowed to another revision");
  assert.deepEqual(service.obstacles[color], []);
}

/** A promotion moves traffic to nothing but what was approved, and a retirement moves none. */
function checkAllowed({ observed }: World, step: Step, wanted: Wanted): void {
  const { service, slots, history } = observed;
  if (wanted.kind === "retire")
    assert.ok(["lock", "drain", "retire", "restore-floor"].includes(step.kind), `“${title(step)}” in a retirement`);
  if (wanted.kind !== "promote") return;
  const approval = wanted.approved[service.name];
  if (step.kind === "prepare") assert.equal(slots[step.color].hash, approval?.hash, "a promotion makes something else");
  if (step.kind !== "switch") return;
  const { active: _then, ...approved } = approval ?? {};
  const { active: _now, ...gets } = approvalOf(observed, step.to) ?? {};
  assert.deepEqual(gets, approved, "a switch to what nobody approved");
  assert.ok(
    history.every(({ revision }) => revision <= step.revision),
    "a switch past a newer release",
  );
}
