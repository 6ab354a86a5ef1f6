import { isPodReady } from "../pods/pod-status.ts";
import type { Pod } from "../workloads.ts";

const phases: Readonly<Record<string, number>> = { Pending: 0, Running: 2 };

/**
 * Sorts pods so that those that are deleted first come first: without a node, pending, not ready, cheaper, ready or
 * created more recently (by orders of magnitude, then by uid), restarted more often
 * (kubernetes/pkg/controller/controller_utils.go, ActivePodsWithRanks).
 */
export function leastUsefulFirst(now: number): (a: Pod, b: Pod) => number {
  return (a, b) =>
    placed(a) - placed(b) ||
    (phases[a.status.phase] ?? 1) - (phases[b.status.phase] ?? 1) ||
    Number(isPodReady(a)) - Number(isPodReady(b)) ||
    deletionCost(a) - deletionCost(b) ||
    (isPodReady(a) ? byAge(a, b, { now, since: readySince }) : 0) ||
    restarts(b) - restarts(a) ||
    byAge(a, b, { now, since: ({ metadata }) => metadata.creationTimestamp });
}

function placed({ spec }: Pod): number {
  return spec.nodeName === undefined ? 0 : 1;
}

function deletionCost({ metadata }: Pod): number {
  return Number(metadata.annotations?.["controller.kubernetes.io/pod-deletion-cost"] ?? 0) || 0;
}

function readySince({ status }: Pod): string {
  return status.conditions?.find(({ type }) => type === "Ready")?.lastTransitionTime ?? "";
}

function restarts({ status }: Pod): number {
  return Math.max(0, ...(status.containerStatuses ?? []).map(({ restartCount }) => restartCount));
}

function byAge(a: Pod, b: Pod, { now, since }: { now: number; since: (pod: Pod) => string }): number {
  if (since(a) === since(b)) return 0;
  const magnitude = (pod: Pod): number => Math.floor(Math.log2(Math.max(1, now - Date.parse(since(pod)))));
  return magnitude(a) - magnitude(b) || (a.metadata.uid < b.metadata.uid ? -1 : 1);
}
