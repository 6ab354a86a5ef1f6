import { controllerOf, keyOf } from "../api-object.ts";
import type { PodDisruptionBudget } from "../autoscaling.ts";
import { recordEvent } from "../events.ts";
import { objectAt } from "../json.ts";
import { hasEnded, isPodReady } from "../pods/pod-status.ts";
import type { Registry } from "../registry.ts";
import { selectorMatcher } from "../selectors.ts";
import type { Pod } from "../workloads.ts";
import { resolved } from "./rollout-limits.ts";
import { writeStatus } from "./status-write.ts";
import { WorkQueue } from "./work-queue.ts";

/** Tells how many pods of each budget may be evicted now (kubernetes/pkg/controller/disruption). */
export function startDisruptionController(registry: Registry, reactionMs: number): void {
  const queue = new WorkQueue(registry.clock, reactionMs, (key) => reconcile(registry, key));
  registry.store.subscribe(({ kind, object, previous }) => {
    if (kind === "PodDisruptionBudget") queue.add(keyOf(object));
    if (kind !== "Pod") return;
    for (const budget of registry.store.list("PodDisruptionBudget", object.metadata.namespace)) {
      if ([object, previous].some((pod) => pod !== undefined && isMeant(budget, pod as Pod))) queue.add(keyOf(budget));
    }
  });
}

function reconcile(registry: Registry, key: string): void {
  const [namespace, name = ""] = key.split("/");
  const { store } = registry;
  const budget = store.get("PodDisruptionBudget", namespace, name);
  if (budget === undefined) return;
  const pods = store.list("Pod", namespace).filter((pod) => isMeant(budget, pod) && !hasEnded(pod));
  if (pods.length === 0) {
    const message = "No matching pods found";
    recordEvent(registry, budget, { type: "Normal", reason: "NoPods", message, component: "controllermanager" });
  }
  const { expected, desired } = wanted(registry, budget, pods);
  const disrupted = objectAt(budget, "status", "disruptedPods");
  const left = Object.entries(disrupted).filter(([pod]) =>
    pods.some(({ metadata }) => metadata.name === pod && metadata.deletionTimestamp === undefined),
  );
  const isHealthy = (pod: Pod): boolean =>
    isPodReady(pod) && pod.metadata.deletionTimestamp === undefined && disrupted[pod.metadata.name] === undefined;
  const healthy = pods.filter(isHealthy).length;
  const allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
  const status = {
    ...(left.length === 0 ? {} : { disruptedPods: Object.fromEntries(left) }),
    conditions: conditionsOf(budget, allowed, registry.timestamp),
    currentHealthy: healthy,
    desiredHealthy: desired,
    disruptionsAllowed: allowed,
    expectedPods: expected,
    observedGeneration: budget.metadata.generation ?? 1,
  };
  writeStatus(registry, { kind: "PodDisruptionBudget", live: budget }, status);
}

/** Percentages, and what may be missing, are of what the pods' controllers ask for. */
function wanted(
  registry: Registry,
  { spec }: PodDisruptionBudget,
  pods: readonly Pod[],
): { expected: number; desired: number } {
  if (spec.maxUnavailable === undefined && typeof spec.minAvailable !== "string") {
    return { expected: pods.length, desired: spec.minAvailable ?? 0 };
  }
  const expected = scaleOf(registry, pods);
  if (spec.maxUnavailable === undefined) return { expected, desired: resolved(spec.minAvailable, expected, Math.ceil) };
  return { expected, desired: Math.max(0, expected - resolved(spec.maxUnavailable, expected, Math.ceil)) };
}

function scaleOf(registry: Registry, pods: readonly Pod[]): number {
  const sizes = new Map<string, number>();
  for (const pod of pods) {
    const owner = controllerOf(pod);
    const set =
      owner?.kind === "ReplicaSet" ? registry.store.get("ReplicaSet", pod.metadata.namespace, owner.name) : undefined;
    if (set === undefined) continue;
    const above = controllerOf(set);
    const deployment =
      above === undefined ? undefined : registry.store.get("Deployment", set.metadata.namespace, above.name);
    const controller = deployment ?? set;
    sizes.set(controller.metadata.uid, controller.spec.replicas);
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

function conditionsOf({ metadata, status }: PodDisruptionBudget, allowed: number, now: string) {
  const old = status.conditions?.find(({ type }) => type === "DisruptionAllowed");
  const holds = allowed > 0 ? "True" : "False";
  const since = old?.status === holds ? (old.lastTransitionTime ?? now) : now;
  const reason = allowed > 0 ? "SufficientPods" : "InsufficientPods";
  const observedGeneration = metadata.generation ?? 1;
  return [
    { type: "DisruptionAllowed", status: holds, reason, message: "", observedGeneration, lastTransitionTime: since },
  ];
}

/** An empty selector means every pod of the namespace. */
function isMeant({ spec }: PodDisruptionBudget, { metadata }: Pod): boolean {
  return spec.selector !== undefined && selectorMatcher(spec.selector)(metadata.labels ?? {});
}
