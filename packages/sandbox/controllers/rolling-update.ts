import { recordEvent } from "../events.ts";
import type { Registry } from "../registry.ts";
import type { Deployment, ReplicaSet } from "../workloads.ts";
import { manager, surgeOf, unavailableOf } from "./new-replica-set.ts";

export interface Scaling {
  readonly set: ReplicaSet;
  readonly replicas: number;
}

/**
 * How many pods each ReplicaSet should have now: never more than the surge allows, never fewer available than wanted
 * less `maxUnavailable` (kubernetes/pkg/controller/deployment/rolling.go).
 */
export function replicasWanted(
  deployment: Deployment,
  fresh: ReplicaSet | undefined,
  old: readonly ReplicaSet[],
): Scaling[] {
  const { replicas, strategy } = deployment.spec;
  if (strategy.type === "Recreate") {
    return [...old.map((set) => ({ set, replicas: 0 })), ...(fresh === undefined ? [] : [{ set: fresh, replicas }])];
  }
  if (fresh === undefined) return shrunk(old, Math.max(0, asked(old) - replicas));
  return [{ set: fresh, replicas: grown(deployment, fresh, old) }, ...oldWanted(deployment, fresh, old)];
}

/** Writes the number of replicas, and tells it as the real controller does. */
export function scaleReplicaSet(registry: Registry, deployment: Deployment, { set, replicas }: Scaling): void {
  const before = set.spec.replicas;
  if (before === replicas) return;
  const { namespace, name } = set.metadata;
  registry.update({ kind: "ReplicaSet", namespace, name }, (live) => ({ ...live, spec: { ...live.spec, replicas } }), {
    manager,
  });
  const message = `Scaled ${replicas > before ? "up" : "down"} replica set ${name} from ${before} to ${replicas}`;
  const component = "deployment-controller";
  recordEvent(registry, deployment, { type: "Normal", reason: "ScalingReplicaSet", message, component });
}

function grown(deployment: Deployment, fresh: ReplicaSet, old: readonly ReplicaSet[]): number {
  const { replicas } = deployment.spec;
  if (fresh.spec.replicas >= replicas) return replicas;
  const room = replicas + surgeOf(deployment) - asked([fresh, ...old]);
  return room <= 0 ? fresh.spec.replicas : Math.min(replicas, fresh.spec.replicas + room);
}

function oldWanted(deployment: Deployment, fresh: ReplicaSet, old: readonly ReplicaSet[]): Scaling[] {
  const least = deployment.spec.replicas - unavailableOf(deployment);
  const missing = fresh.spec.replicas - (fresh.status.availableReplicas ?? 0);
  const most = asked([fresh, ...old]) - least - missing;
  if (most <= 0) return old.map((set) => ({ set, replicas: set.spec.replicas }));
  // Pods that serve nobody go first.
  const sick = old.map((set) => set.spec.replicas - (set.status.availableReplicas ?? 0));
  let budget = most;
  const healthy = old.map((set, index) => {
    const drop = Math.min(budget, Math.max(0, sick[index] ?? 0));
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

function shrunk(sets: readonly ReplicaSet[], by: number): Scaling[] {
  let left = by;
  return sets.map((set) => {
    const drop = Math.min(left, set.spec.replicas);
    left -= drop;
    return { set, replicas: set.spec.replicas - drop };
  });
}

function asked(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, set) => sum + set.spec.replicas, 0);
}
