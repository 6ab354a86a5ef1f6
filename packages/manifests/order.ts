import type { Resource } from "./resource.ts";

/** What others need comes first, what points at others last; the order of the files decides the rest. */
export function inApplyOrder(resources: readonly Resource[]): readonly Resource[] {
  return resources.toSorted((one, other) => rank(one.kind) - rank(other.kind));
}

const firstToLast: readonly (readonly string[])[] = [
  ["ServiceAccount", "ResourceQuota", "LimitRange", "NetworkPolicy"],
  ["Role"],
  ["RoleBinding"],
  ["Secret", "ConfigMap", "PersistentVolumeClaim"],
  [], // every kind not named here
  ["Service", "PodDisruptionBudget"],
  ["Deployment"],
  ["HorizontalPodAutoscaler", "ScaledObject", "VerticalPodAutoscaler"],
  ["Ingress", "HTTPRoute"],
];

const unnamed = firstToLast.findIndex((kinds) => kinds.length === 0);

function rank(kind: string): number {
  const found = firstToLast.findIndex((kinds) => kinds.includes(kind));
  return found === -1 ? unnamed : found;
}
