/** Bad luck for this package's properties: steps that fail, and hands that change the world under a run. */
import fc from "fast-check";
import { apply, type World } from "./apply.ts";
import { type Color, otherColor } from "./color.ts";
import type { Observed, Slot } from "./model.ts";
import type { Failure } from "./step.ts";
import type { Fate } from "./walks.ts";

/** What else happens while a step is carried out, or between two runs: to the active slot, or to the other one. */
export type Disturbance =
  | "sick"
  | "well"
  | "restarted"
  | "scaled"
  | "edited"
  | "moved"
  | "forgotten"
  | "unlabeled"
  | "unlocked";
export const disturbances = [
  "sick",
  "well",
  "restarted",
  "scaled",
  "edited",
  "moved",
  "forgotten",
  "unlabeled",
] as const;

export type Luck =
  | { kind: "well" }
  | { kind: "fails"; sick: boolean; done: boolean }
  | { kind: "disturbed"; by: Disturbance; there: boolean };

export const well = fc.constant<Luck>({ kind: "well" });
export const fails = fc.record({ kind: fc.constant("fails" as const), sick: fc.boolean(), done: fc.boolean() });
export const disturbed = fc.record({
  kind: fc.constant("disturbed" as const),
  by: fc.constantFrom(...disturbances, "unlocked" as const),
  there: fc.boolean(),
});

export function fateOf(lucks: readonly Luck[]): Fate {
  return (world, step, index) => {
    const luck = lucks[index] ?? { kind: "well" };
    if (luck.kind === "disturbed") {
      const next = apply(world, step);
      return { ...next, observed: disturb(next.observed, luck.by, luck.there) };
    }
    const canFail = "color" in step && "revision" in step && world.evidence.failure === undefined;
    if (luck.kind === "well" || !canFail) return apply(world, step);
    const { observed } = luck.done ? apply(world, step) : world;
    const failure: Failure = {
      outcome: "failed",
      revision: step.revision,
      color: step.color,
      step: step.kind,
      reason: "bad luck",
    };
    const failed: World = { observed, evidence: { ...world.evidence, failure } };
    return luck.sick ? { ...failed, observed: withSlot(observed, step.color, { ready: 0 }) } : failed;
  };
}

/** `there` is the inactive slot, or blue where none is active. */
export function disturb(observed: Observed, by: Disturbance, there: boolean): Observed {
  const { service, slots, history } = observed;
  const active = service.active ?? "green";
  const color = there ? otherColor(active) : active;
  const slot = slots[color];
  switch (by) {
    case "sick":
      return withSlot(observed, color, { ready: 0 });
    case "well":
      return withSlot(observed, color, { ready: slot.replicas, settled: true });
    case "restarted":
      return withSlot(observed, color, { replicaSet: `${slot.replicaSet} again`, settled: false });
    case "scaled":
      return withSlot(observed, color, { replicas: 1, ready: Math.min(slot.ready, 1) });
    case "edited":
      return withSlot(observed, color, { hash: "changed by hand" });
    case "moved":
      return moved(observed);
    case "forgotten":
      return { ...observed, history: history.slice(1) };
    case "unlabeled":
      return {
        ...observed,
        service: { ...service, revision: undefined, rolledBackFrom: undefined, lastSwitch: undefined },
      };
    case "unlocked":
      return { ...observed, locked: false };
  }
}

/** As an engine sees a selector that somebody else has moved: the slot knows better than the Service. */
function moved(observed: Observed): Observed {
  const { service, slots } = observed;
  if (service.active === undefined) return observed;
  const active = otherColor(service.active);
  if (!slots[active].exists) return observed;
  return { ...observed, service: { ...service, active, revision: slots[active].revision, rolledBackFrom: undefined } };
}

function withSlot(observed: Observed, color: Color, change: Partial<Slot>): Observed {
  const slot = observed.slots[color];
  if (!slot.exists) return observed;
  const changed = { ...slot, ...change };
  const { service } = observed;
  const endpoints = service.active === color ? { ...service.endpoints, [color]: changed.ready } : service.endpoints;
  return { ...observed, service: { ...service, endpoints }, slots: { ...observed.slots, [color]: changed } };
}
