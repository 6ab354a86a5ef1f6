import { controlledBy, controllerOf, keyOf } from "../api-object.ts";
import { remove } from "../deletion.ts";
import type { Registry } from "../registry.ts";
import { selectorMatcher } from "../selectors.ts";
import type { Deployment, ReplicaSet } from "../workloads.ts";
import { withProgress } from "./deployment-conditions.ts";
import { deploymentStatus, hasDeadline, msToDeadline } from "./deployment-status.ts";
import {
  createReplicaSet,
  currentReplicaSet,
  findNewReplicaSet,
  revisionOf,
  sizeAnnotations,
  tell,
  update,
} from "./new-replica-set.ts";
import { manager } from "./owned-pod.ts";
import { OwnerIndex } from "./owner-index.ts";
import { isScalingEvent, scaledSizes } from "./proportional-scaling.ts";
import { newReplicas, oldReplicas, type Scaling } from "./rolling-update.ts";
import { surgeOf } from "./rollout-limits.ts";
import { writeStatus } from "./status-write.ts";
import { WorkQueue } from "./work-queue.ts";

/** Rolls Deployments out through ReplicaSets, and tells how far it got. */
export function startDeploymentController(registry: Registry, reactionMs: number): void {
  const controller = new DeploymentController(registry);
  const queue = new WorkQueue(registry.clock, reactionMs, (key) => {
    const again = controller.reconcile(key);
    if (again !== undefined) queue.add(key, again);
  });
  registry.store.subscribe(({ kind, type, object }) => {
    if (kind === "Deployment") queue.add(keyOf(object));
    // Recreate waits for the last old pod to be gone.
    const set =
      kind === "Pod" && type === "DELETED"
        ? controller.setOf(object.metadata.namespace, controllerOf(object)?.name)
        : object;
    if ((kind !== "ReplicaSet" && (kind !== "Pod" || set === object)) || set === undefined) return;
    const owner = controllerOf(set);
    if (owner !== undefined) queue.add(`${object.metadata.namespace}/${owner.name}`);
    else for (const key of controller.adopters(set as ReplicaSet)) queue.add(key);
  });
}

/** kubernetes/pkg/controller/deployment, syncDeployment. */
class DeploymentController {
  readonly #registry: Registry;
  readonly #sets: OwnerIndex<"ReplicaSet">;
  readonly #pods: OwnerIndex<"Pod">;

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#sets = new OwnerIndex(registry.store, "ReplicaSet");
    this.#pods = new OwnerIndex(registry.store, "Pod");
  }

  setOf(namespace: string | undefined, name = ""): ReplicaSet | undefined {
    return this.#registry.store.get("ReplicaSet", namespace, name);
  }

  /** The Deployments that would take a ReplicaSet in that nobody owns. */
  adopters({ metadata }: ReplicaSet): string[] {
    const all = this.#registry.store.list("Deployment", metadata.namespace);
    return all.filter(({ spec }) => selectorMatcher(spec.selector)(metadata.labels ?? {})).map(keyOf);
  }

  /** @returns after how many milliseconds to come back, if at all */
  reconcile(key: string): number | undefined {
    const [namespace, name = ""] = key.split("/");
    const { store, clock } = this.#registry;
    const deployment = store.get("Deployment", namespace, name);
    if (deployment === undefined) return undefined;
    if (deployment.metadata.deletionTimestamp !== undefined) {
      this.#report(deployment, false);
      return undefined;
    }
    this.#adopt(deployment);
    notePause(this.#registry, deployment);
    const live = store.get("Deployment", namespace, name) ?? deployment;
    const sets = this.#owned(live);
    const isSized = live.spec.paused === true || isScalingEvent(live, sets);
    if (isSized) this.#size(live, sets);
    else this.#roll(live, sets);
    this.#report(live, !isSized);
    const after = store.get("Deployment", namespace, name);
    return after === undefined ? undefined : msToDeadline(after, clock.date());
  }

  /** Its ReplicaSets, the oldest first. */
  #owned(deployment: Deployment): ReplicaSet[] {
    return this.#sets.ownedBy(deployment.metadata.uid);
  }

  #size(deployment: Deployment, sets: readonly ReplicaSet[]): void {
    const { fresh, old } = divided(deployment, sets);
    const current = fresh === undefined ? undefined : currentReplicaSet(this.#registry, deployment, { fresh, old });
    for (const scaling of scaledSizes(deployment, current, old)) this.#scale(deployment, scaling);
    if (deployment.spec.paused) this.#dropHistory(deployment, old);
  }

  #roll(deployment: Deployment, sets: readonly ReplicaSet[]): void {
    const { fresh: found, old } = divided(deployment, sets);
    if (deployment.spec.strategy.type === "Recreate" && this.#isEmptying(deployment, old)) {
      if (found !== undefined) currentReplicaSet(this.#registry, deployment, { fresh: found, old });
      return;
    }
    const fresh =
      found === undefined
        ? createReplicaSet(this.#registry, deployment, old)
        : currentReplicaSet(this.#registry, deployment, { fresh: found, old });
    if (fresh === undefined) return;
    const replicas = newReplicas(deployment, fresh, old);
    if (this.#scale(deployment, { set: fresh, replicas })) return;
    const drops = oldReplicas(deployment, fresh, old).filter(({ set, replicas: size }) => size !== set.spec.replicas);
    for (const scaling of drops) this.#scale(deployment, scaling);
    if (drops.length === 0 && isDone(deployment)) this.#dropHistory(deployment, old);
  }

  /** Recreate: whether old pods are still to go, and tells them so. */
  #isEmptying(deployment: Deployment, old: readonly ReplicaSet[]): boolean {
    for (const set of old) this.#scale(deployment, { set, replicas: 0 });
    return old.some((set) => set.spec.replicas > 0 || this.#pods.ownedBy(set.metadata.uid).length > 0);
  }

  /** Writes the number of replicas, and tells it; whether it was another. */
  #scale(deployment: Deployment, { set, replicas }: Scaling): boolean {
    const before = set.spec.replicas;
    const { namespace, name, annotations = {} } = set.metadata;
    const sizes = sizeAnnotations(deployment, surgeOf(deployment));
    const isNoted = Object.entries(sizes).every(([key, value]) => annotations[key] === value);
    if (before === replicas && (isNoted || replicas === 0)) return false;
    this.#registry.update(
      { kind: "ReplicaSet", namespace, name },
      (live) => ({
        ...live,
        metadata: { ...live.metadata, annotations: { ...live.metadata.annotations, ...sizes } },
        spec: { ...live.spec, replicas },
      }),
      { manager },
    );
    if (before === replicas) return false;
    const way = replicas > before ? "up" : "down";
    tell(this.#registry, deployment, `Scaled ${way} replica set ${name} from ${before} to ${replicas}`);
    return true;
  }

  #report({ metadata }: Deployment, isRollout: boolean): void {
    const live = this.#registry.store.get("Deployment", metadata.namespace, metadata.name);
    if (live === undefined) return;
    const sets = this.#owned(live);
    const situation = { fresh: findNewReplicaSet(live, sets), now: this.#registry.timestamp, isRollout };
    const status = deploymentStatus(live, sets, situation);
    writeStatus(this.#registry, { kind: "Deployment", live }, status);
  }

  #dropHistory(deployment: Deployment, old: readonly ReplicaSet[]): void {
    const known = old.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    const extra = known.toSorted((a, b) => revisionOf(a) - revisionOf(b));
    for (const { metadata, spec, status } of extra.slice(
      0,
      Math.max(0, known.length - deployment.spec.revisionHistoryLimit),
    )) {
      if (spec.replicas !== 0 || status.replicas !== 0) continue;
      remove(this.#registry, { kind: "ReplicaSet", namespace: metadata.namespace, name: metadata.name });
    }
  }

  #adopt(deployment: Deployment): void {
    const orphans = this.#sets.orphans(deployment.metadata.namespace);
    if (orphans.length === 0) return;
    const matches = selectorMatcher(deployment.spec.selector);
    for (const set of orphans) {
      if (set.metadata.deletionTimestamp !== undefined || !matches(set.metadata.labels ?? {})) continue;
      const ownerReferences = [...(set.metadata.ownerReferences ?? []), controlledBy(deployment)];
      this.#registry.store.put("ReplicaSet", { ...set, metadata: { ...set.metadata, ownerReferences } });
    }
  }
}

function divided(
  deployment: Deployment,
  sets: readonly ReplicaSet[],
): { fresh: ReplicaSet | undefined; old: ReplicaSet[] } {
  const fresh = findNewReplicaSet(deployment, sets);
  return { fresh, old: sets.filter((set) => set !== fresh) };
}

function isDone({ spec, status, metadata }: Deployment): boolean {
  const counts = [status.updatedReplicas, status.replicas, status.availableReplicas];
  return counts.every((count = 0) => count === spec.replicas) && status.observedGeneration === metadata.generation;
}

/** A pause does not count as a lack of progress (checkPausedConditions). */
function notePause(registry: Registry, deployment: Deployment): void {
  const known = deployment.status.conditions?.find(({ type }) => type === "Progressing");
  const isNoted = known?.reason === "DeploymentPaused";
  const isPaused = deployment.spec.paused === true;
  if (!hasDeadline(deployment) || known?.reason === "ProgressDeadlineExceeded" || isPaused === isNoted) return;
  const said = isPaused
    ? { reason: "DeploymentPaused", message: "Deployment is paused" }
    : { reason: "DeploymentResumed", message: "Deployment is resumed" };
  update(registry, deployment, (live) => {
    const conditions = withProgress(live.status.conditions ?? [], { status: "Unknown", ...said }, registry.timestamp);
    return { ...live, status: { ...live.status, conditions } };
  });
}
