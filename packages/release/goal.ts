import { type Color, colors, otherColor } from "./color.ts";
import { activeRevision, findRevision, newestFirst, previousRevision } from "./history.ts";
import type { Observed, Revision, Slot, Wanted } from "./model.ts";
import { promoteGoal } from "./promote-goal.ts";
import { retireGoal } from "./retire-goal.ts";

/** What a run has to bring about: this revision, active, in this slot. */
export interface Goal {
  color: Color;
  hash: string;
  /** None until the release is recorded. */
  revision: number | undefined;
}

export type GoalOrRefusal = Goal | { refusal: string; hint: string };

/** Which slot and revision `wanted` means in the world as it is. */
export function findGoal(observed: Observed, wanted: Wanted): GoalOrRefusal {
  switch (wanted.kind) {
    case "deploy":
      return deployGoal(observed);
    case "rollback":
      return rollbackGoal(observed, targetOf(observed, wanted));
    case "promote":
      return promoteGoal(observed, wanted.approved);
    case "retire":
      return retireGoal(observed, wanted.revision);
  }
}

/**
 * What `previous` means is settled once the lock is held: who flees from the same release by hand means the same revision, and
 * the two must not add up.
 */
export function pinned(wanted: Wanted, observed: Observed): Wanted {
  if (wanted.kind !== "rollback" || wanted.to !== "previous" || !observed.locked) return wanted;
  const goal = findGoal(observed, wanted);
  return "refusal" in goal || goal.revision === undefined ? wanted : { ...wanted, to: goal.revision };
}

export function isServing({ service }: Observed, { color, revision }: Goal): boolean {
  return revision !== undefined && service.active === color && service.revision === revision;
}

/** Whether the slot holds exactly this revision. */
export function carries(slot: Slot, goal: Goal): boolean {
  return slot.exists && slot.hash === goal.hash && slot.revision === goal.revision;
}

/** The slot that already carries the wanted hash (the active one first), else the inactive one; an unfinished newest revision is resumed. */
function deployGoal(observed: Observed): GoalOrRefusal {
  const { service, slots, wanted, history } = observed;
  if (wanted === undefined)
    return { refusal: `No release is given for ${service.name}`, hint: "This is a bug of cutover." };
  const { active } = service;
  const current = activeRevision(observed)?.revision;
  if (active !== undefined && slots[active].exists && slots[active].hash === wanted[active]) {
    return { color: active, hash: wanted[active], revision: current };
  }
  const color = active === undefined ? freshColor(observed) : otherColor(active);
  const hash = wanted[color];
  const [newest] = newestFirst(history);
  const isUnfinished = newest !== undefined && newest.result === undefined && newest.hashes[color] === hash;
  return { color, hash, revision: isUnfinished ? newest.revision : undefined };
}

function freshColor({ slots, wanted }: Observed): Color {
  return colors.find((color) => slots[color].exists && slots[color].hash === wanted?.[color]) ?? "blue";
}

function targetOf({ service }: Observed, { to, staying = [] }: Extract<Wanted, { kind: "rollback" }>) {
  return staying.includes(service.name) ? (service.revision ?? to) : to;
}

function rollbackGoal(observed: Observed, to: "previous" | number): GoalOrRefusal {
  const { service, slots, history } = observed;
  if (service.active === undefined) {
    return {
      refusal: `Service ${service.name} selects no color, so there is nothing to go back from`,
      hint: "Release with blue-green-deploy first.",
    };
  }
  const { active } = service;
  const current = activeRevision(observed);
  const isBackAlready = to === "previous" && service.rolledBackFrom !== undefined && current !== undefined;
  if (isBackAlready && slots[active].exists) {
    return { color: active, hash: current.hashes[active], revision: current.revision };
  }
  const previous = isBackAlready ? current : previousRevision(observed);
  const target = to === "previous" ? previous : findRevision(history, to);
  if (target === undefined || !isOpen(observed, target)) return noSuchRevision(observed, to);
  const isHere = target.revision === current?.revision && slots[active].hash === target.hashes[active];
  const color = isHere ? active : otherColor(active);
  return { color, hash: target.hashes[color], revision: target.revision };
}

/** Confirmed, or active already, or left by the rollback that this one undoes. */
function isOpen({ service }: Observed, { result, revision }: Revision): boolean {
  return result === "confirmed" || revision === service.revision || revision === service.rolledBackFrom;
}

function noSuchRevision({ service, history }: Observed, to: "previous" | number): GoalOrRefusal {
  const confirmed = history.filter((one) => one.result === "confirmed" && one.revision !== service.revision);
  const known = confirmed.map((one) => one.revision).join(", ");
  const hint =
    known === ""
      ? "The first release that cutover confirms makes a revision to go back to."
      : `Revisions that were confirmed: ${known}. Pass one of them as \`to\`.`;
  const what = to === "previous" ? "has no earlier confirmed revision" : `has no confirmed revision ${to}`;
  return { refusal: `Service ${service.name} ${what}`, hint };
}
