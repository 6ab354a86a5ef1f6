import { type ApiObject, controlledBy, controllerOf, keyOf } from "../api-object.ts";
import { remove } from "../deletion.ts";
import { recordEvent } from "../events.ts";
import { kindNamed } from "../kinds.ts";
import { isPodReady } from "../pods/pod-status.ts";
import type { Registry } from "../registry.ts";
import { selectorMatcher } from "../selectors.ts";
import { ApiError, forbidden } from "../status.ts";
import type { Pod, ReplicaSet, ReplicaSetStatus } from "../workloads.ts";
import { withCondition } from "./conditions.ts";
import { WorkQueue } from "./work-queue.ts";

const component = "replicaset-controller";

/** Keeps as many pods as each ReplicaSet asks for. */
export function startReplicaSetController(registry: Registry, reactionMs: number): void {
  const queue = new WorkQueue(registry.clock, reactionMs, (key) => reconcile(registry, key, queue));
  registry.store.subscribe(({ kind, object, previous }) => {
    if (kind === "ReplicaSet") queue.add(keyOf(object));
    if (kind !== "Pod") return;
    for (const pod of [object, previous]) {
      const owner = pod === undefined ? undefined : controllerOf(pod);
      if (owner?.kind === "ReplicaSet") queue.add(`${object.metadata.namespace}/${owner.name}`);
    }
  });
}

/** The pods of a ReplicaSet that are not ending. */
export function activePods(registry: Registry, set: ReplicaSet): Pod[] {
  return registry.store
    .list("Pod", set.metadata.namespace)
    .filter((pod) => controllerOf(pod)?.uid === set.metadata.uid && isActive(pod));
}

/** When the pod has been ready for `minReadySeconds`, in epoch milliseconds; `undefined` if it is not ready. */
export function availableFrom(pod: Pod, minReadySeconds: number): number | undefined {
  if (!isPodReady(pod)) return undefined;
  const ready = pod.status.conditions?.find(({ type }) => type === "Ready");
  return Date.parse(ready?.lastTransitionTime ?? "") + minReadySeconds * 1_000;
}

function reconcile(registry: Registry, key: string, queue: WorkQueue): void {
  const [namespace, name = ""] = key.split("/");
  const set = registry.store.get("ReplicaSet", namespace, name);
  if (set === undefined) return;
  adopt(registry, set);
  const failure = set.metadata.deletionTimestamp === undefined ? level(registry, set) : undefined;
  const pods = activePods(registry, set);
  const next = statusOf(registry, set, { pods, failure });
  registry.update({ kind: "ReplicaSet", namespace, name }, (live) => ({ ...live, status: next }), {
    manager: "kube-controller-manager",
    subresource: "status",
  });
  if (failure !== undefined) queue.add(key, 1_000);
  const waits = pods.map(
    (pod) => (availableFrom(pod, set.spec.minReadySeconds ?? 0) ?? 0) - registry.clock.date().getTime(),
  );
  const later = waits.filter((wait) => wait > 0);
  if (later.length > 0) queue.add(key, Math.min(...later));
}

/** Creates or deletes pods; returns why creating failed. */
function level(registry: Registry, set: ReplicaSet): string | undefined {
  const pods = activePods(registry, set);
  const missing = set.spec.replicas - pods.length;
  try {
    for (let count = 0; count < missing; count += 1) createPod(registry, set);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const message = `Error creating: ${error.message}`;
    recordEvent(registry, set, { type: "Warning", reason: "FailedCreate", message, component });
    return error.message;
  }
  if (missing >= 0) return undefined;
  for (const pod of pods.toSorted(leastUseful(registry)).slice(0, -missing)) {
    const { namespace, name } = pod.metadata;
    remove(registry, { kind: "Pod", namespace, name });
    recordEvent(registry, set, {
      type: "Normal",
      reason: "SuccessfulDelete",
      message: `Deleted pod: ${name}`,
      component,
    });
  }
  return undefined;
}

function createPod(registry: Registry, set: ReplicaSet): void {
  const { metadata, spec } = set.spec.template;
  const account = spec.serviceAccountName ?? "default";
  const { namespace } = set.metadata;
  if (registry.store.get("ServiceAccount", namespace, account) === undefined) {
    const why = `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`;
    throw forbidden(kindNamed("Pod"), `${set.metadata.name}-`, why);
  }
  const draft = {
    metadata: {
      ...(metadata?.labels === undefined ? {} : { labels: metadata.labels }),
      ...(metadata?.annotations === undefined ? {} : { annotations: metadata.annotations }),
      generateName: `${set.metadata.name}-`,
      ownerReferences: [controlledBy(set)],
    },
    spec: { ...spec, serviceAccountName: account },
  };
  const pod = registry.create({ kind: "Pod", namespace: namespace }, draft, { manager: "kube-controller-manager" });
  const message = `Created pod: ${pod.metadata.name}`;
  recordEvent(registry, set, { type: "Normal", reason: "SuccessfulCreate", message, component });
}

/** Pods without a node first, then unready, then the youngest. */
function leastUseful({ random: _ }: Registry): (a: Pod, b: Pod) => number {
  const worth = (pod: Pod): number => (pod.spec.nodeName === undefined ? 0 : isPodReady(pod) ? 2 : 1);
  const age = (pod: Pod): number => Number(pod.metadata.resourceVersion);
  return (a, b) =>
    worth(a) - worth(b) ||
    Date.parse(b.metadata.creationTimestamp) - Date.parse(a.metadata.creationTimestamp) ||
    age(b) - age(a);
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
  const failed = failure === undefined ? undefined : { reason: "FailedCreate", message: failure };
  const conditions = withCondition(set.status.conditions ?? [], "ReplicaFailure", {
    cause: failed,
    now: registry.timestamp,
  });
  return {
    replicas: pods.length,
    ...(pods.length > 0 ? { fullyLabeledReplicas: pods.length } : {}),
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(available > 0 ? { availableReplicas: available } : {}),
    observedGeneration: set.metadata.generation ?? 0,
    ...(conditions.length > 0 ? { conditions } : {}),
  };
}

/** Pods that match and have no owner become the ReplicaSet's own. */
function adopt(registry: Registry, set: ReplicaSet): void {
  const matches = selectorMatcher(set.spec.selector);
  for (const pod of registry.store.list("Pod", set.metadata.namespace)) {
    if (controllerOf(pod) !== undefined || !isActive(pod) || !matches(pod.metadata.labels ?? {})) continue;
    const owners: ApiObject["metadata"]["ownerReferences"] = [controlledBy(set)];
    registry.store.put("Pod", { ...pod, metadata: { ...pod.metadata, ownerReferences: owners } });
  }
}

function isActive({ metadata, status }: Pod): boolean {
  return metadata.deletionTimestamp === undefined && status.phase !== "Failed" && status.phase !== "Succeeded";
}
