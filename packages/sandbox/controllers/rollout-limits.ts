import type { Deployment } from "../workloads.ts";

/** An integer or a percentage of `replicas`, rounded up or down. */
export function resolved(
  value: number | string | undefined,
  replicas: number,
  round: (value: number) => number,
): number {
  if (typeof value === "number") return value;
  return round((Number.parseFloat(value ?? "0") / 100) * replicas);
}

export function surgeOf({ spec }: Deployment): number {
  return spec.strategy.type === "Recreate"
    ? 0
    : resolved(spec.strategy.rollingUpdate?.maxSurge, spec.replicas, Math.ceil);
}

/** At least one pod may be missing where no surge is allowed. */
export function unavailableOf(deployment: Deployment): number {
  const { spec } = deployment;
  if (spec.strategy.type === "Recreate" || spec.replicas === 0) return 0;
  const allowed = resolved(spec.strategy.rollingUpdate?.maxUnavailable, spec.replicas, Math.floor);
  return Math.min(spec.replicas, allowed === 0 && surgeOf(deployment) === 0 ? 1 : allowed);
}
