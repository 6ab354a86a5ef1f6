import type { Color } from "./color.ts";
import { findRevision, nextRevision } from "./history.ts";
import type { ActiveService, Observed, Revision, Slot } from "./model.ts";
import type { Evidence, Step } from "./step.ts";

export interface World {
  observed: Observed;
  evidence: Evidence;
}

/** What a step would make of the world if all goes well: the pure twin of its execution. `dry-run` prints the walk as the plan. */
export function apply({ observed, evidence }: World, step: Step): World {
  const { service, slots } = observed;
  switch (step.kind) {
    case "lock":
      return { observed: { ...observed, locked: true, busy: false }, evidence };
    case "record-baseline": {
      const baseline = unfinished(observed, slots[step.color].images, bothSlots(observed, step.color));
      const withSlot = withSlotOf(observed, { ...slots[step.color], revision: baseline.revision });
      return { observed: withService(withRevision(withSlot, baseline), { revision: baseline.revision }), evidence };
    }
    case "adopt":
    case "narrow":
    case "unadopt":
      return { observed: takenOver(observed, step), evidence };
    case "record":
      return { observed: withRevision(observed, unfinished(observed, {}, observed.wanted)), evidence };
    case "prepare":
      return { observed: withSlotOf(observed, preparedSlot(observed, step)), evidence };
    case "hold-floor":
    case "restore-floor":
      return { observed: withFloor(observed, step), evidence };
    case "await-ready": {
      const slot = slots[step.color];
      const replicaSet = slot.replicaSet ?? madeBy(step);
      return { observed: withSlotOf(observed, { ...slot, replicaSet, ready: slot.replicas, settled: true }), evidence };
    }
    case "probe":
      return { observed, evidence: proof(evidence, "probed", slots[step.color]) };
    case "smoke":
      return { observed, evidence: proof(evidence, "smoked", slots[step.color]) };
    case "switch":
      return { observed: switchedTo(observed, step), evidence: { ...evidence, switched: true } };
    case "switch-back":
      return { observed: switchedTo(observed, step), evidence: { ...evidence, switched: true, switchedBack: true } };
    case "confirm":
      return confirmedIn({ observed, evidence }, step);
    case "soak":
      return { observed, evidence: proof(evidence, "soaked", slots[step.color]) };
    case "mark": {
      const history = observed.history.map((one) =>
        one.revision === step.revision ? { ...one, result: step.result } : one,
      );
      return { observed: { ...observed, history }, evidence };
    }
    case "drain":
      return { observed, evidence: service.lastSwitch ? { ...evidence, drained: service.lastSwitch.at } : evidence };
    case "retire":
      return { observed: withSlotOf(observed, retiredSlot(slots[step.color], step.how)), evidence };
  }
}

function unfinished(observed: Observed, images: Slot["images"], hashes: Revision["hashes"] | undefined): Revision {
  const seen = [observed.slots.blue.revision, observed.slots.green.revision, observed.service.revision];
  return {
    revision: nextRevision(observed.history, seen),
    hashes: hashes ?? { blue: "", green: "" },
    images,
    result: undefined,
  };
}

/** An adoption replaces the pods, unless they carry the color already; the narrowed selector ends it. */
function takenOver(observed: Observed, step: Extract<Step, { kind: "adopt" | "narrow" | "unadopt" }>): Observed {
  const { adoption, ...rest } = observed;
  if (step.kind === "narrow") return switchedTo(rest, { ...step, to: step.color });
  const isAdopted = step.kind === "adopt";
  const slot = { ...observed.slots[step.color], adopted: isAdopted };
  const isRolled = isAdopted && adoption?.missing === "color";
  const rolled = isRolled ? { ...slot, replicaSet: undefined, settled: false } : slot;
  const missing = isAdopted ? "nothing" : "color";
  return { ...withSlotOf(observed, rolled), adoption: adoption && { ...adoption, missing } };
}

function bothSlots({ slots }: Observed, color: Color): Revision["hashes"] {
  const hash = slots[color].hash ?? "";
  return { blue: hash, green: hash };
}

function preparedSlot(observed: Observed, step: Extract<Step, { kind: "prepare" }>): Slot {
  const slot = observed.slots[step.color];
  const hash = findRevision(observed.history, step.revision)?.hashes[step.color];
  const isSame = slot.exists && slot.hash === hash;
  return {
    ...slot,
    exists: true,
    revision: step.revision,
    hash,
    replicas: Math.max(slot.replicas, slot.target),
    ready: isSame ? slot.ready : 0,
    settled: isSame && slot.settled && slot.ready >= slot.target,
    replicaSet: isSame ? slot.replicaSet : madeBy(step),
  };
}

/** Stands for the uid that the cluster will give. */
function madeBy({ color, revision }: { color: Color; revision: number }): string {
  return `${color}-${revision}`;
}

function retiredSlot(slot: Slot, how: "scale-down" | "delete"): Slot {
  const emptied = { ...slot, replicas: 0, ready: 0, settled: true };
  return how === "delete"
    ? {
        ...emptied,
        exists: false,
        adopted: false,
        revision: undefined,
        hash: undefined,
        replicaSet: undefined,
        images: {},
      }
    : emptied;
}

interface Move {
  kind: "switch" | "switch-back" | "narrow";
  to: Color;
  revision: number | undefined;
  leaves?: number;
}

function switchedTo(observed: Observed, step: Move): Observed {
  const { ready } = observed.slots[step.to];
  return withService(observed, {
    exists: true,
    active: step.to,
    revision: step.revision,
    rolledBackFrom: step.kind === "switch" ? step.leaves : undefined,
    lastSwitch: { at: `${observed.service.lastSwitch?.at ?? ""}+`, ago: 0 },
    endpoints: { blue: step.to === "blue" ? ready : 0, green: step.to === "green" ? ready : 0 },
  });
}

function confirmedIn({ observed, evidence }: World, step: Extract<Step, { kind: "confirm" }>): World {
  const { color } = step;
  const { replicaSet = madeBy(step), ...slot } = observed.slots[color];
  const endpoints = { blue: 0, green: 0, [color]: Math.max(slot.ready, slot.needed) };
  const listed = withService(withSlotOf(observed, { ...slot, replicaSet }), { endpoints });
  return { observed: listed, evidence: { ...evidence, confirmed: replicaSet } };
}

function proof(evidence: Evidence, what: "probed" | "smoked" | "soaked", slot: Slot): Evidence {
  return slot.replicaSet === undefined ? evidence : { ...evidence, [what]: slot.replicaSet };
}

function withFloor(observed: Observed, step: Extract<Step, { kind: "hold-floor" | "restore-floor" }>): Observed {
  const { autoscaler, ...slot } = observed.slots[step.color];
  if (autoscaler === undefined) return observed;
  const change = step.kind === "hold-floor" ? { floor: step.pods, held: true } : { held: false };
  return withSlotOf(observed, { ...slot, autoscaler: { ...autoscaler, ...change } });
}

function withService(observed: Observed, change: Partial<ActiveService>): Observed {
  return { ...observed, service: { ...observed.service, ...change } };
}

function withSlotOf(observed: Observed, slot: Slot): Observed {
  return { ...observed, slots: { ...observed.slots, [slot.color]: slot } };
}

function withRevision(observed: Observed, revision: Revision): Observed {
  return { ...observed, history: [revision, ...observed.history] };
}
