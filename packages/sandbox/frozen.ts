import type { ApiObject } from "./api-object.ts";
import { type KindName, kinds } from "./kinds.ts";
import type { Registry } from "./registry.ts";
import type { Pod } from "./workloads.ts";

/** Every object of a cluster at one moment, events aside. */
export interface Frozen {
  readonly objects: readonly { readonly kind: KindName; readonly object: ApiObject }[];
}

export function freeze({ store }: Registry): Frozen {
  const kept = kinds.filter(({ name }) => name !== "Event");
  return { objects: kept.flatMap(({ name: kind }) => store.list(kind).map((object) => ({ kind, object }))) };
}

/** Puts them into another cluster, with their uids. Pods start anew, as after a reboot of their node. */
export function thaw({ store }: Registry, { objects }: Frozen): void {
  for (const { kind, object } of objects) store.put(kind, kind === "Pod" ? rebooted(object as Pod) : object);
}

function rebooted(pod: Pod): ApiObject {
  const conditions = (pod.status.conditions ?? []).filter(({ type }) => type === "PodScheduled");
  return { ...pod, status: { phase: "Pending", conditions } } as Pod;
}
