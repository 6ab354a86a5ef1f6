import { type Color, otherColor } from "./color.ts";
import { drained } from "./drain.ts";
import { restored } from "./floors.ts";
import { isBetter } from "./health.ts";
import { findRevision } from "./history.ts";
import type { Observed, Outcome, Slot, Wanted } from "./model.ts";
import type { Decision, Evidence, Failure, StepKind } from "./step.ts";

interface Abandoned {
  observed: Observed;
  evidence: Evidence;
  wanted: Wanted;
  failure: Failure;
}

/** Not good: back to the old slot if that is better, then mark, drain and empty the failed one. */
export function abandoned(run: Abandoned): Decision {
  const { observed, evidence, wanted, failure } = run;
  const { service, slots, adoption } = observed;
  if (adoption !== undefined) return unadopted(run, adoption.color);
  const { color, revision } = failure;
  const old = slots[otherColor(color)];
  if (service.active === color && isBetter(old, slots[color]) && hasServed(old, run)) {
    return { kind: "step", step: { kind: "switch-back", from: color, to: old.color, revision: old.revision } };
  }
  if (isUnmarked(run)) return { kind: "step", step: { kind: "mark", revision, result: "failed" } };
  // A slot that the failed revision never came into holds an older one, to which a rollback goes back.
  const isFilled = slots[color].exists && slots[color].revision === revision && slots[color].replicas > 0;
  if (service.active !== color && isFilled) {
    return drained(observed, evidence, wanted) ?? { kind: "step", step: { kind: "retire", color, how: "scale-down" } };
  }
  const outcome = isRolledBack(run) && wanted.kind !== "rollback" ? "rolled-back" : failure.outcome;
  return restored(observed) ?? over(failure, outcome);
}

/** What serves goes on without the color, and is neither marked nor retired. */
function unadopted({ observed: { slots }, failure }: Abandoned, color: Color): Decision {
  const { adopted, deployment } = slots[color];
  return adopted ? { kind: "step", step: { kind: "unadopt", color, deployment } } : over(failure, failure.outcome);
}

function over({ reason, hint }: Failure, outcome: Outcome): Decision {
  return { kind: "done", outcome, reason, ...(hint === undefined ? {} : { hint }) };
}

/** Traffic never goes "back" to a preview that it did not come from. */
function hasServed(old: Slot, { observed: { service, history }, evidence }: Abandoned): boolean {
  if (evidence.switched === true) return true;
  const { rolledBackFrom } = service;
  const wasLeft = rolledBackFrom !== undefined && rolledBackFrom === old.revision;
  return wasLeft || findRevision(history, old.revision)?.result !== undefined;
}

/** A confirmed revision stays so, unless its own release had to be taken back: else the next rollback would go to it. */
function isUnmarked(run: Abandoned): boolean {
  const entry = findRevision(run.observed.history, run.failure.revision);
  if (entry === undefined || entry.result === "failed") return false;
  return entry.result === undefined || (run.wanted.kind !== "rollback" && isRolledBack(run));
}

const beforeTraffic: readonly StepKind[] = ["prepare", "await-ready", "probe", "smoke"];

/** Whether it is this revision that the switch-back left; a run may also begin by leaving an older one. */
function isRolledBack({ evidence, failure }: Abandoned): boolean {
  return evidence.switchedBack === true && !beforeTraffic.includes(failure.step);
}
