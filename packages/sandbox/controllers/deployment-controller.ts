import { controlledBy, controllerOf, keyOf } from "../api-object.ts";
import { remove } from "../deletion.ts";
import { equal } from "../json.ts";
import type { Registry } from "../registry.ts";
import { selectorMatcher } from "../selectors.ts";
import type { Deployment, ReplicaSet } from "../workloads.ts";
import { deploymentStatus, msToDeadline } from "./deployment-status.ts";
import { ensureNewReplicaSet, findNewReplicaSet, manager, revisionOf } from "./new-replica-set.ts";
import { replicasWanted, scaleReplicaSet } from "./rolling-update.ts";
import { WorkQueue } from "./work-queue.ts";

/** Rolls Deployments out through ReplicaSets, and tells how far it got. */
export function startDeploymentController(registry: Registry, reactionMs: number): void {
  const queue = new WorkQueue(registry.clock, reactionMs, (key) => reconcile(registry, key, queue));
  registry.store.subscribe(({ kind, object }) => {
    if (kind === "Deployment") queue.add(keyOf(object));
    if (kind !== "ReplicaSet" && kind !== "Pod") return;
    const owner = kind === "Pod" ? setOf(registry, object.metadata.namespace, controllerOf(object)?.name) : object;
    const deployment = owner === undefined ? undefined : controllerOf(owner)?.name;
    if (deployment !== undefined) queue.add(`${object.metadata.namespace}/${deployment}`);
  });
}

function setOf(registry: Registry, namespace: string | undefined, name: string | undefined): ReplicaSet | undefined {
  return name === undefined ? undefined : registry.store.get("ReplicaSet", namespace, name);
}

function reconcile(registry: Registry, key: string, queue: WorkQueue): void {
  const [namespace, name = ""] = key.split("/");
  const deployment = registry.store.get("Deployment", namespace, name);
  if (deployment === undefined) return;
  adopt(registry, deployment);
  const isEnding = deployment.metadata.deletionTimestamp !== undefined;
  if (!isEnding) roll(registry, deployment);
  const live = registry.store.get("Deployment", namespace, name);
  if (live === undefined) return;
  const sets = ownedSets(registry, live);
  const status = deploymentStatus(live, sets, { fresh: findNewReplicaSet(live, sets), now: registry.timestamp });
  registry.update({ kind: "Deployment", namespace, name }, (current) => ({ ...current, status }), {
    manager,
    subresource: "status",
  });
  const left = msToDeadline({ ...live, status }, registry.clock.date());
  if (left !== undefined) queue.add(key, left);
}

/** Its ReplicaSets, the oldest first. */
export function ownedSets(registry: Registry, deployment: Deployment): ReplicaSet[] {
  return registry.store
    .list("ReplicaSet", deployment.metadata.namespace)
    .filter((set) => controllerOf(set)?.uid === deployment.metadata.uid)
    .sort((a, b) => revisionOf(a) - revisionOf(b));
}

function roll(registry: Registry, deployment: Deployment): void {
  const sets = ownedSets(registry, deployment);
  const found = findNewReplicaSet(deployment, sets);
  const old = sets.filter((set) => set !== found);
  const isPaused = deployment.spec.paused === true;
  const waits = deployment.spec.strategy.type === "Recreate" && old.some((set) => hasPods(registry, set));
  for (const { set, replicas } of replicasWanted(deployment, found, old)) {
    if (set !== found && (!isPaused || old.length === sets.length))
      scaleReplicaSet(registry, deployment, { set, replicas });
  }
  if (found === undefined && (isPaused || waits)) return;
  const fresh = ensureNewReplicaSet(registry, deployment, { sets, found });
  const wanted = replicasWanted(deployment, fresh, old).find(({ set }) => set === fresh);
  if (wanted !== undefined && !waits) scaleReplicaSet(registry, deployment, wanted);
  dropHistory(registry, deployment, old);
}

/** Pods of a ReplicaSet that still exist, the ending ones too: `Recreate` waits for them. */
function hasPods(registry: Registry, set: ReplicaSet): boolean {
  return registry.store.list("Pod", set.metadata.namespace).some((pod) => controllerOf(pod)?.uid === set.metadata.uid);
}

function dropHistory(registry: Registry, deployment: Deployment, old: readonly ReplicaSet[]): void {
  const idle = old.filter(({ spec, status }) => spec.replicas === 0 && status.replicas === 0);
  const extra = idle.slice(0, Math.max(0, old.length - deployment.spec.revisionHistoryLimit));
  for (const { metadata } of extra) {
    remove(registry, { kind: "ReplicaSet", namespace: metadata.namespace, name: metadata.name });
  }
}

function adopt(registry: Registry, deployment: Deployment): void {
  const matches = selectorMatcher(deployment.spec.selector);
  for (const set of registry.store.list("ReplicaSet", deployment.metadata.namespace)) {
    if (controllerOf(set) !== undefined || !matches(set.metadata.labels ?? {})) continue;
    const ownerReferences = [controlledBy(deployment)];
    if (!equal(set.metadata.ownerReferences, ownerReferences)) {
      registry.store.put("ReplicaSet", { ...set, metadata: { ...set.metadata, ownerReferences } });
    }
  }
}
