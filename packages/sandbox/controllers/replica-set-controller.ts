import { type Condition, controlledBy, controllerOf, keyOf } from "../api-object.ts";
import { isPodReady } from "../pods/pod-status.ts";
import type { Registry } from "../registry.ts";
import { selectorMatcher } from "../selectors.ts";
import type { Pod, ReplicaSet, ReplicaSetStatus } from "../workloads.ts";
import { createOwnedPod, deleteOwnedPod, isActive, type PodOwner } from "./owned-pod.ts";
import { OwnerIndex } from "./owner-index.ts";
import { leastUsefulFirst } from "./pod-usefulness.ts";
import { writeStatus } from "./status-write.ts";
import { WorkQueue } from "./work-queue.ts";

/** Keeps as many pods as each ReplicaSet asks for. */
export function startReplicaSetController(registry: Registry, reactionMs: number): void {
  const controller = new ReplicaSetController(registry);
  const queue = new WorkQueue(registry.clock, reactionMs, (key) => {
    const again = controller.reconcile(key);
    if (again !== undefined) queue.add(key, again);
  });
  registry.store.subscribe(({ kind, object, previous }) => {
    if (kind === "ReplicaSet") queue.add(keyOf(object));
    if (kind !== "Pod") return;
    const owners = [object, previous].map((pod) => (pod === undefined ? undefined : controllerOf(pod)));
    for (const owner of owners) {
      if (owner?.kind === "ReplicaSet") queue.add(`${object.metadata.namespace}/${owner.name}`);
    }
    if (owners[0] === undefined) controller.adopters(object as Pod, (key) => queue.add(key));
  });
}

/** When the pod has been ready for `minReadySeconds`, in epoch milliseconds; `undefined` if it is not ready. */
export function availableFrom(pod: Pod, minReadySeconds: number): number | undefined {
  if (!isPodReady(pod)) return undefined;
  const ready = pod.status.conditions?.find(({ type }) => type === "Ready");
  return Date.parse(ready?.lastTransitionTime ?? "") + minReadySeconds * 1_000;
}

class ReplicaSetController {
  readonly #registry: Registry;
  readonly #pods: OwnerIndex<"Pod">;
  /** Refused creations in a row, by key. */
  readonly #refusals = new Map<string, number>();

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#pods = new OwnerIndex(registry.store, "Pod");
  }

  /** The ReplicaSets that would take a pod in that nobody owns. */
  adopters(pod: Pod, found: (key: string) => void): void {
    for (const set of this.#registry.store.list("ReplicaSet", pod.metadata.namespace)) {
      if (selectorMatcher(set.spec.selector)(pod.metadata.labels ?? {})) found(keyOf(set));
    }
  }

  /** @returns after how many milliseconds to come back, if at all */
  reconcile(key: string): number | undefined {
    const [namespace, name = ""] = key.split("/");
    const { store, clock } = this.#registry;
    const set = store.get("ReplicaSet", namespace, name);
    if (set === undefined) {
      this.#refusals.delete(key);
      return undefined;
    }
    this.#adopt(set);
    const failure = set.metadata.deletionTimestamp === undefined ? this.#level(set) : undefined;
    const pods = this.#active(set);
    const status = statusOf(this.#registry, set, { pods, failure });
    writeStatus(this.#registry, { kind: "ReplicaSet", live: store.get("ReplicaSet", namespace, name) ?? set }, status);
    const now = clock.date().getTime();
    const waits = pods
      .map((pod) => (availableFrom(pod, set.spec.minReadySeconds ?? 0) ?? 0) - now)
      .filter((wait) => wait > 0);
    const retry = this.#retryMs(key, failure);
    if (retry !== undefined) waits.push(retry);
    return waits.length === 0 ? undefined : Math.min(...waits);
  }

  /** As the controllers' rate limiter doubles, from 5 ms to 1000 s. */
  #retryMs(key: string, failure: string | undefined): number | undefined {
    if (failure === undefined) {
      this.#refusals.delete(key);
      return undefined;
    }
    const count = this.#refusals.get(key) ?? 0;
    this.#refusals.set(key, count + 1);
    return Math.min(5 * 2 ** count, 1_000_000);
  }

  #active(set: ReplicaSet): Pod[] {
    return this.#pods.ownedBy(set.metadata.uid).filter(isActive);
  }

  /** Creates or deletes pods; returns why creating failed. */
  #level(set: ReplicaSet): string | undefined {
    const owner: PodOwner = { object: set, component: "replicaset-controller" };
    const pods = this.#active(set);
    const missing = set.spec.replicas - pods.length;
    for (let count = 0; count < missing; count += 1) {
      const refusal = createOwnedPod(this.#registry, owner, { template: set.spec.template });
      if (refusal !== undefined) return refusal;
    }
    if (missing >= 0) return undefined;
    const order = leastUsefulFirst(this.#registry.clock.date().getTime());
    for (const pod of pods.toSorted(order).slice(0, -missing)) deleteOwnedPod(this.#registry, owner, pod);
    return undefined;
  }

  /** Pods that match and have no owner become the ReplicaSet's own. */
  #adopt(set: ReplicaSet): void {
    const orphans = this.#pods.orphans(set.metadata.namespace);
    if (orphans.length === 0 || set.metadata.deletionTimestamp !== undefined) return;
    const matches = selectorMatcher(set.spec.selector);
    for (const pod of orphans) {
      if (!isActive(pod) || !matches(pod.metadata.labels ?? {})) continue;
      const ownerReferences = [...(pod.metadata.ownerReferences ?? []), controlledBy(set)];
      this.#registry.store.put("Pod", { ...pod, metadata: { ...pod.metadata, ownerReferences } });
    }
  }
}

function statusOf(
  registry: Registry,
  set: ReplicaSet,
  { pods, failure }: { pods: readonly Pod[]; failure: string | undefined },
): ReplicaSetStatus {
  const now = registry.clock.date().getTime();
  const ready = pods.filter(isPodReady).length;
  const from = (pod: Pod): number => availableFrom(pod, set.spec.minReadySeconds ?? 0) ?? Number.POSITIVE_INFINITY;
  const available = pods.filter((pod) => from(pod) <= now).length;
  const conditions = withFailure(set.status.conditions ?? [], failure, registry.timestamp);
  return {
    replicas: pods.length,
    ...(pods.length > 0 ? { fullyLabeledReplicas: pods.length } : {}),
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(available > 0 ? { availableReplicas: available } : {}),
    observedGeneration: set.metadata.generation ?? 0,
    ...(conditions.length > 0 ? { conditions } : {}),
  };
}

/** The first failure stays until there is none. */
function withFailure(conditions: readonly Condition[], failure: string | undefined, now: string): readonly Condition[] {
  const known = conditions.some(({ type }) => type === "ReplicaFailure");
  if (failure === undefined) return known ? conditions.filter(({ type }) => type !== "ReplicaFailure") : conditions;
  const why = { reason: "FailedCreate", message: failure };
  return known
    ? conditions
    : [...conditions, { type: "ReplicaFailure", status: "True", lastTransitionTime: now, ...why }];
}
