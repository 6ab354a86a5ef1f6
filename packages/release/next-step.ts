import { abandoned } from "./abandon.ts";
import { otherColor } from "./color.ts";
import { drained } from "./drain.ts";
import { held, restored } from "./floors.ts";
import { carries, findGoal, type Goal, isServing } from "./goal.ts";
import { isHealthy, isReady, isWhole } from "./health.ts";
import { activeRevision, findRevision } from "./history.ts";
import type { Observed, Slot, Wanted } from "./model.ts";
import type { Decision, Evidence, Step } from "./step.ts";

/** The next thing to do, from what is seen now, what this run has proved, and what is wanted. Pure; the heart of cutover. */
export function nextStep(observed: Observed, evidence: Evidence, wanted: Wanted): Decision {
  const decision = decide(observed, evidence, wanted);
  return decision.kind === "step" && !observed.locked ? step({ kind: "lock" }) : decision;
}

/** The protocol, top down: the first part that has something left to do decides. */
function decide(observed: Observed, evidence: Evidence, wanted: Wanted): Decision {
  const { failure } = evidence;
  if (failure !== undefined) return abandoned({ observed, evidence, wanted, failure });
  const goal = findGoal(observed, wanted);
  if ("refusal" in goal) {
    // What another run has half done is judged when that has ended; a rollback would end it for nothing.
    if (observed.busy && !observed.locked && wanted.kind !== "rollback") return step({ kind: "lock" });
    return { kind: "refused", reason: goal.refusal, hint: goal.hint };
  }
  const run = { observed, evidence, wanted, goal };
  return (
    defective(run) ??
    adopted(run) ??
    settled(run) ??
    recorded(run) ??
    prepared(run) ??
    proved(run) ??
    switched(run) ??
    confirmed(run) ??
    disowned(run) ??
    retired(run) ??
    restored(observed) ??
    done(run)
  );
}

interface Run {
  observed: Observed;
  evidence: Evidence;
  wanted: Wanted;
  goal: Goal;
}

function defective({ observed: { service } }: Run): Decision | undefined {
  const [defect] = service.defects;
  if (defect === undefined) return undefined;
  return {
    kind: "refused",
    reason: defect,
    hint: `Mend Service ${service.name}, then run this again: it goes on from what it finds.`,
  };
}

/** What serves a Service that selects no color is made one of its colors, before anything else. */
function adopted({ observed }: Run): Decision | undefined {
  const { adoption, service, slots, history } = observed;
  if (adoption === undefined) return undefined;
  if (adoption.refusal !== undefined) return { kind: "refused", ...adoption.refusal };
  const { color, missing } = adoption;
  const { revision, deployment, replicas } = slots[color];
  if (replicas === 0)
    return refused(`Deployment ${deployment} has been scaled to 0, so Service ${service.name} sends to nobody`);
  if (revision === undefined || findRevision(history, revision) === undefined)
    return step({ kind: "record-baseline", color });
  if (missing !== "nothing") return step({ kind: "adopt", color, revision, deployment });
  if (!isWhole(slots[color])) return step({ kind: "await-ready", color, revision });
  const [obstacle] = service.obstacles[color];
  return obstacle === undefined ? step({ kind: "narrow", color, revision }) : refused(obstacle);
}

function refused(reason: string): Decision {
  return { kind: "refused", reason, hint: "The selector is as it was. Mend this and run it again." };
}

/** An active revision that nobody confirmed is confirmed or left before the other slot is touched. */
function settled(run: Run): Decision | undefined {
  const { observed, evidence, goal, wanted } = run;
  const { service, slots, history } = observed;
  const { active } = service;
  if (active === undefined || !slots[active].exists || isServing(observed, goal)) return undefined;
  const current = activeRevision(observed);
  if (current === undefined) return step({ kind: "record-baseline", color: active });
  if (wanted.kind === "rollback") return disowned(run);
  const { revision, result } = current;
  const isGood = isHealthy(slots[active]);
  if (result === undefined && slots[active].adopted && isGood && !isOf(slots[active], evidence.confirmed))
    return step({ kind: "confirm", color: active, revision });
  if (result === undefined) return step({ kind: "mark", revision, result: isGood ? "confirmed" : "failed" });
  const other = slots[otherColor(active)];
  const isWayBack = isHealthy(other) && findRevision(history, other.revision)?.result === "confirmed";
  if (result === "confirmed" || isGood || !isWayBack) return disowned(run);
  return step({ kind: "switch-back", from: active, to: other.color, revision: other.revision });
}

/** What a rollback left counts as failed, or the rollback after the next release would go to it. */
function disowned({ observed: { service, history }, wanted, goal }: Run): Decision | undefined {
  const { rolledBackFrom } = service;
  if (wanted.kind === "retire") return undefined;
  const left = rolledBackFrom === undefined ? undefined : findRevision(history, rolledBackFrom);
  if (left === undefined || left.result === "failed" || left.revision === goal.revision) return undefined;
  return step({ kind: "mark", revision: left.revision, result: "failed" });
}

function recorded({ goal }: Run): Decision | undefined {
  return goal.revision === undefined ? step({ kind: "record", color: goal.color }) : undefined;
}

function prepared({ observed, evidence, wanted, goal }: Run): Decision | undefined {
  const slot = observed.slots[goal.color];
  if (goal.revision === undefined || isServing(observed, goal)) return undefined;
  // A rollback does without whatever it can do without.
  if (carries(slot, goal) && slot.replicas >= slot.target)
    return wanted.kind === "rollback" ? undefined : held(slot, slot.target);
  const draining = slot.replicas > 0 ? drained(observed, evidence, wanted) : undefined;
  if (draining !== undefined) return draining;
  if (slot.adopted && !carries(slot, goal)) return step({ kind: "retire", color: slot.color, how: "delete" });
  return step({ kind: "prepare", color: slot.color, revision: goal.revision });
}

function proved({ observed, evidence, wanted, goal }: Run): Decision | undefined {
  const slot = observed.slots[goal.color];
  const { color } = slot;
  if (goal.revision === undefined || isServing(observed, goal)) return undefined;
  if (!isReady(slot)) return step({ kind: "await-ready", color, revision: goal.revision });
  if (wanted.probe && !isOf(slot, evidence.probed)) return step({ kind: "probe", color, revision: goal.revision });
  if (wanted.smoke && !isOf(slot, evidence.smoked)) return step({ kind: "smoke", color, revision: goal.revision });
  return undefined;
}

function switched(run: Run): Decision | undefined {
  const { observed, wanted, goal } = run;
  if (goal.revision === undefined || isServing(observed, goal)) return undefined;
  if (wanted.kind === "deploy" && wanted.switch === "manual") {
    const reason = `Revision ${goal.revision} is ready in ${goal.color} and gets no traffic yet`;
    return {
      kind: "done",
      outcome: "succeeded",
      reason,
      hint: "Once it is approved, run `promote` with the output `preview`, or the same release with `switch: auto`.",
    };
  }
  const [obstacle] = observed.service.obstacles[goal.color];
  if (obstacle !== undefined) {
    return {
      kind: "refused",
      reason: obstacle,
      hint: "Nothing was switched. Mend it and run the release again: it goes on from here.",
    };
  }
  const { active } = observed.service;
  const { revision, color: to } = goal;
  const old = wanted.kind === "rollback" || active === undefined ? undefined : observed.slots[active];
  return (old && held(old, old.replicas)) ?? step({ kind: "switch", from: active, to, revision, ...leaves(run) });
}

/** Only the way back leaves something behind: not the way forward again, and what is restored was left by nobody. */
function leaves({ observed, goal, wanted }: Run): { leaves?: number } {
  const current = activeRevision(observed)?.revision;
  if (wanted.kind !== "rollback" || isNewer(goal.revision, current)) return {};
  const left = current === goal.revision ? observed.service.rolledBackFrom : (current ?? 0);
  return left === undefined ? {} : { leaves: left };
}

function confirmed({ observed, evidence, wanted, goal }: Run): Decision | undefined {
  const { revision, color } = goal;
  const slot = observed.slots[color];
  const isMarked = findRevision(observed.history, revision)?.result === "confirmed";
  const isStanding = isMarked && evidence.switched !== true && observed.service.endpoints[color] >= slot.needed;
  if (revision === undefined || isStanding) return undefined;
  if (!isOf(slot, evidence.confirmed)) return step({ kind: "confirm", color, revision });
  if (wanted.soak > 0 && !isOf(slot, evidence.soaked)) return step({ kind: "soak", color, revision });
  return isMarked ? undefined : step({ kind: "mark", revision, result: "confirmed" });
}

function retired({ observed, evidence, wanted, goal }: Run): Decision | undefined {
  const old = observed.slots[otherColor(goal.color)];
  if (wanted.previous === "keep" || !old.exists || (old.replicas === 0 && wanted.previous === "scale-down"))
    return undefined;
  if (isAwaited(observed, old)) return undefined;
  const draining = old.replicas > 0 ? drained(observed, evidence, wanted) : undefined;
  return draining ?? step({ kind: "retire", color: old.color, how: wanted.previous });
}

/** A newer revision than the active one, of which nobody has said that it is not good. */
function isAwaited({ service, history }: Observed, { revision }: Slot): boolean {
  const isBad = revision === service.rolledBackFrom || findRevision(history, revision)?.result === "failed";
  return isNewer(revision, service.revision) && !isBad;
}

function done(run: Run): Decision {
  const {
    observed: { service },
    wanted,
    goal,
  } = run;
  const serves = `Service ${service.name} serves revision ${goal.revision} from ${goal.color}`;
  const reason = wanted.kind === "retire" ? `${serves}; ${whatBecame(run)}` : serves;
  return { kind: "done", outcome: "succeeded", reason, ...whyItStayed(run) };
}

function whyItStayed({ observed, evidence, wanted }: Run): { hint?: string } {
  if (wanted.kind !== "rollback" || wanted.to !== "previous" || evidence.switched === true) return {};
  if (wanted.staying?.includes(observed.service.name) === true) {
    return { hint: "The release that is undone never reached it: the others go back to what it serves." };
  }
  return { hint: "An earlier rollback came here. To go further back, pass a revision number as `to`." };
}

function whatBecame({ observed, goal }: Run): string {
  const { color, exists, revision } = observed.slots[otherColor(goal.color)];
  if (!exists) return `there is no ${color}`;
  return isAwaited(observed, observed.slots[color])
    ? `${color} holds revision ${revision}, which is newer, and stays`
    : `${color} is scaled down`;
}

function step(one: Step): Decision {
  return { kind: "step", step: one };
}

function isNewer(one: number | undefined, other: number | undefined): boolean {
  return one !== undefined && other !== undefined && one > other;
}

function isOf(slot: Slot, proof: string | undefined): boolean {
  return proof !== undefined && proof === slot.replicaSet;
}
