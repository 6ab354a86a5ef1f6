import type { Deployment, ReplicaSet } from "../workloads.ts";
import { desiredKey, maxKey } from "./new-replica-set.ts";
import type { Scaling } from "./rolling-update.ts";
import { surgeOf } from "./rollout-limits.ts";

/** Whether the Deployment was scaled since its ReplicaSets were last sized. */
export function isScalingEvent({ spec }: Deployment, sets: readonly ReplicaSet[]): boolean {
  return sets.some((set) => {
    const desired = set.metadata.annotations?.[desiredKey];
    return set.spec.replicas > 0 && desired !== undefined && Number(desired) !== spec.replicas;
  });
}

/**
 * The sizes of a Deployment that was scaled, or is paused: the one active ReplicaSet takes it all; in the middle of a
 * rollout each keeps its share (kubernetes/pkg/controller/deployment/sync.go, scale).
 */
export function scaledSizes(
  deployment: Deployment,
  fresh: ReplicaSet | undefined,
  old: readonly ReplicaSet[],
): Scaling[] {
  const { replicas, strategy } = deployment.spec;
  const all = fresh === undefined ? [...old] : [...old, fresh];
  const active = all.filter((set) => set.spec.replicas > 0);
  if (active.length < 2) {
    const set = active[0] ?? fresh ?? old.at(-1);
    return set === undefined ? [] : [{ set, replicas }];
  }
  if (isSaturated(deployment, fresh)) {
    return old.filter((set) => set.spec.replicas > 0).map((set) => ({ set, replicas: 0 }));
  }
  if (strategy.type !== "RollingUpdate") return [];
  return shared(deployment, active);
}

function shared(deployment: Deployment, active: readonly ReplicaSet[]): Scaling[] {
  const { replicas } = deployment.spec;
  const allowed = replicas > 0 ? replicas + surgeOf(deployment) : 0;
  const missing = allowed - active.reduce((sum, { spec }) => sum + spec.replicas, 0);
  const age = ({ metadata }: ReplicaSet): number => Date.parse(metadata.creationTimestamp);
  const newest = Math.sign(missing);
  const sets = active.toSorted((a, b) => b.spec.replicas - a.spec.replicas || newest * (age(b) - age(a)));
  let added = 0;
  const sized = sets.map((set) => {
    const share = shareOf(deployment, set);
    const left = missing - added;
    const change = missing > 0 ? Math.min(share, left) : Math.max(share, left);
    added += missing === 0 ? 0 : change;
    return { set, replicas: set.spec.replicas + (missing === 0 ? 0 : change) };
  });
  const leftover = missing - added;
  return sized.map(({ set, replicas: size }, index) => ({
    set,
    replicas: index === 0 ? Math.max(0, size + leftover) : size,
  }));
}

/** How many pods more or fewer keep a ReplicaSet's share of the whole. */
function shareOf(deployment: Deployment, { spec, metadata }: ReplicaSet): number {
  const { replicas } = deployment.spec;
  if (replicas === 0) return -spec.replicas;
  const before = Number(metadata.annotations?.[maxKey] ?? 0) || (deployment.status.replicas ?? 0) || 1;
  return Math.round((spec.replicas * (replicas + surgeOf(deployment))) / before) - spec.replicas;
}

function isSaturated({ spec }: Deployment, fresh: ReplicaSet | undefined): boolean {
  if (fresh === undefined) return false;
  const desired = Number(fresh.metadata.annotations?.[desiredKey] ?? -1);
  return [fresh.spec.replicas, desired, fresh.status.availableReplicas].every((count) => count === spec.replicas);
}
