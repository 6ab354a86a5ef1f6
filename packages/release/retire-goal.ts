import type { GoalOrRefusal } from "./goal.ts";
import { isHealthy } from "./health.ts";
import { activeRevision } from "./history.ts";
import type { Observed } from "./model.ts";

const keepIt = "Until then the old slot is the way back, and it stays.";

/** What serves, if that is good enough to do without the old slot. */
export function retireGoal(observed: Observed, expected: number | undefined): GoalOrRefusal {
  const { service, slots } = observed;
  const { name, active, revision } = service;
  if (active === undefined) {
    return { refusal: `Service ${name} selects no color, so none of its slots is old`, hint: "Release it first." };
  }
  if (expected !== undefined && revision !== expected) {
    return {
      refusal: `Service ${name} serves ${revision === undefined ? "no revision that is known" : `revision ${revision}`}, and not revision ${expected}`,
      hint: "What was signed off does not have the traffic any more. Look at what serves, and sign that off.",
    };
  }
  const current = activeRevision(observed);
  if (current?.result !== "confirmed") {
    const what = revision === undefined ? "its number is not known" : `revision ${revision} is not confirmed`;
    return {
      refusal: `What Service ${name} serves is not proved: ${what}`,
      hint: `Run its release again, which confirms it, or roll back. ${keepIt}`,
    };
  }
  const slot = slots[active];
  const ready = service.endpoints[active];
  if (!isHealthy(slot) || ready < slot.needed) {
    return {
      refusal: `Service ${name} has ${Math.min(ready, slot.ready)} ready endpoints of ${active} where it needs ${slot.needed}`,
      hint: `Mend it, or roll back. ${keepIt}`,
    };
  }
  return { color: active, hash: slot.hash ?? "", revision: current.revision };
}
