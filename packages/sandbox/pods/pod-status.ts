import type { Condition } from "../api-object.ts";
import type { ContainerStatus, Pod, PodStatus } from "../workloads.ts";

/** The status that the kubelet writes for a pod whose containers are in these states. */
export function podStatus(
  pod: Pod,
  containers: readonly ContainerStatus[],
  { podIP, hostIP, now }: { podIP: string; hostIP: string; now: string },
): PodStatus {
  const unready = containers.filter((container) => !container.ready).map((container) => container.name);
  const runs = containers.every((container) => container.state.waiting?.reason !== "ContainerCreating");
  const started = containers.some((container) => container.started || container.restartCount > 0);
  const blame =
    unready.length === 0
      ? undefined
      : { reason: "ContainersNotReady", message: `containers with unready status: [${unready.join(" ")}]` };
  const conditions = [
    condition("PodReadyToStartContainers", true),
    condition("Initialized", true),
    condition("Ready", unready.length === 0, blame),
    condition("ContainersReady", unready.length === 0, blame),
    condition("PodScheduled", true),
  ];
  return {
    ...pod.status,
    observedGeneration: pod.metadata.generation ?? 1,
    phase: started && runs ? "Running" : pod.status.phase,
    conditions: conditions.map((next) => dated(next, pod, now)),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: pod.status.startTime ?? now,
    containerStatuses: containers,
    qosClass: qosClass(pod),
  };
}

export function isPodReady(pod: Pod): boolean {
  return (pod.status.conditions ?? []).some(({ type, status }) => type === "Ready" && status === "True");
}

function condition(type: string, holds: boolean, blame?: { reason: string; message: string }): Condition {
  return { type, status: holds ? "True" : "False", ...blame };
}

function dated(next: Condition, { status, metadata }: Pod, now: string): Condition {
  const observedGeneration = metadata.generation ?? 1;
  const old = status.conditions?.find((candidate) => candidate.type === next.type);
  const since = old?.status === next.status ? old.lastTransitionTime : now;
  return { ...next, observedGeneration, lastProbeTime: null, lastTransitionTime: since ?? now };
}

function qosClass({ spec }: Pod): string {
  const asks = spec.containers.map(({ resources }) => (resources ?? {}) as { limits?: object; requests?: object });
  if (asks.every(({ limits, requests }) => limits === undefined && requests === undefined)) return "BestEffort";
  return "Burstable";
}
