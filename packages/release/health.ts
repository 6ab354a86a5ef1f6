import type { Slot } from "./model.ts";

/** The pods that it must have are there and ready, and no other pod is. What cannot be told from other pods cannot be proved. */
export function isReady(slot: Slot): boolean {
  return slot.exists && slot.settled && slot.replicaSet !== undefined && slot.ready >= awaitedPods(slot);
}

/** A slot may have more pods than its target: then as many of them as the confirmation will want. */
export function awaitedPods({ target, needed }: Slot): number {
  return Math.max(1, target, needed);
}

/** Every pod that it asks for itself is there and ready, and no other pod is. */
export function isWhole({ settled, replicaSet, ready, replicas }: Slot): boolean {
  return settled && replicaSet !== undefined && ready >= Math.max(1, replicas);
}

/** Enough ready pods to keep the traffic that it has. */
export function isHealthy(slot: Slot): boolean {
  return slot.exists && slot.ready >= Math.max(1, slot.needed);
}

/** Back to the old slot if it meets its own requirement; if neither does, to the one with more ready pods. */
export function isBetter(old: Slot, failed: Slot): boolean {
  return isHealthy(old) || (!isHealthy(failed) && old.ready > failed.ready);
}
