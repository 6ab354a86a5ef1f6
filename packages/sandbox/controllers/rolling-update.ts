import type { Deployment, ReplicaSet } from "../workloads.ts";
import { surgeOf, unavailableOf } from "./rollout-limits.ts";

export interface Scaling {
  readonly set: ReplicaSet;
  readonly replicas: number;
}

/** How many pods the new ReplicaSet may have now; the surge is for all together. */
export function newReplicas(deployment: Deployment, fresh: ReplicaSet | undefined, old: readonly ReplicaSet[]): number {
  const { replicas, strategy } = deployment.spec;
  const current = fresh?.spec.replicas ?? 0;
  if (strategy.type === "Recreate" || current >= replicas) return replicas;
  const room = replicas + surgeOf(deployment) - asked(old) - current;
  return room <= 0 ? current : Math.min(replicas, current + room);
}

/**
 * How many pods the old ReplicaSets should have now: never fewer available than wanted less `maxUnavailable`
 * (kubernetes/pkg/controller/deployment/rolling.go).
 */
export function oldReplicas(deployment: Deployment, fresh: ReplicaSet, old: readonly ReplicaSet[]): Scaling[] {
  const least = deployment.spec.replicas - unavailableOf(deployment);
  const missing = fresh.spec.replicas - (fresh.status.availableReplicas ?? 0);
  const most = asked([fresh, ...old]) - least - missing;
  const active = old.filter(({ spec }) => spec.replicas > 0).toSorted((a, b) => createdAt(a) - createdAt(b));
  if (most <= 0) return [];
  // Pods that serve nobody go first.
  let budget = most;
  const healthy = active.map((set) => {
    const drop = Math.min(budget, Math.max(0, set.spec.replicas - (set.status.availableReplicas ?? 0)));
    budget -= drop;
    return { set, replicas: set.spec.replicas - drop };
  });
  const available = [fresh, ...old].reduce((sum, { status }) => sum + (status.availableReplicas ?? 0), 0);
  let spare = Math.max(0, available - least);
  return healthy.map(({ set, replicas }) => {
    const drop = Math.min(spare, replicas);
    spare -= drop;
    return { set, replicas: replicas - drop };
  });
}

function createdAt({ metadata }: ReplicaSet): number {
  return Date.parse(metadata.creationTimestamp);
}

function asked(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, set) => sum + set.spec.replicas, 0);
}
