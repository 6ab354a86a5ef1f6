import type { Condition } from "../api-object.ts";
import { isList, objectAt } from "../json.ts";
import type { ContainerStatus, Pod, PodStatus } from "../workloads.ts";
import { qosClass } from "./resources.ts";

export interface ContainerStatuses {
  readonly inits: readonly ContainerStatus[];
  readonly mains: readonly ContainerStatus[];
}

interface Where {
  /** `undefined` before its network is there. */
  readonly podIP: string | undefined;
  readonly hostIP: string;
  readonly now: string;
}

const own = new Set(["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"]);

/** The status that the kubelet writes for a pod whose containers are in these states (kubelet/status/generate.go). */
export function podStatus(pod: Pod, statuses: ContainerStatuses, { podIP, hostIP, now }: Where): PodStatus {
  const inits = statuses.inits.map((status) => asInit(pod, status));
  const phase = phaseOf(pod, { inits, mains: statuses.mains });
  const foreign = (pod.status.conditions ?? []).filter(({ type }) => !own.has(type));
  const conditions = conditionsOf(pod, { inits, mains: statuses.mains }, { phase, hasNetwork: podIP !== undefined });
  return {
    ...pod.status,
    observedGeneration: pod.metadata.generation ?? 1,
    phase,
    conditions: [...foreign, ...conditions.map((next) => dated(next, pod, now))],
    hostIP,
    hostIPs: [{ ip: hostIP }],
    ...(podIP === undefined ? {} : { podIP, podIPs: [{ ip: podIP }] }),
    startTime: pod.status.startTime ?? now,
    ...(inits.length === 0 ? {} : { initContainerStatuses: inits }),
    containerStatuses: statuses.mains,
    qosClass: qosClass(pod),
  };
}

export function isPodReady(pod: Pod): boolean {
  return (pod.status.conditions ?? []).some(({ type, status }) => type === "Ready" && status === "True");
}

export function hasEnded({ status }: Pod): boolean {
  return status.phase === "Failed" || status.phase === "Succeeded";
}

/** An init container that has done its work is ready for good. */
function asInit(pod: Pod, status: ContainerStatus): ContainerStatus {
  if (isSidecar(pod, status.name)) return status;
  return { ...status, started: false, ready: status.state.terminated?.exitCode === 0 };
}

function phaseOf(pod: Pod, { inits, mains }: ContainerStatuses): PodStatus["phase"] {
  const { restartPolicy } = pod.spec;
  const pending = inits.some((status) => !isInitialized(pod, status));
  if (pending && restartPolicy === "Never" && inits.some(({ state }) => (state.terminated?.exitCode ?? 0) !== 0)) {
    return "Failed";
  }
  const ended = mains.map(({ state, lastState }) => state.terminated ?? (state.waiting && lastState.terminated));
  const waits = mains.some(({ state }, index) => state.waiting !== undefined && ended[index] === undefined);
  if (pending || waits) return "Pending";
  const isOver = mains.every(({ state }) => state.terminated !== undefined);
  if (!isOver || (restartPolicy === "Always" && pod.metadata.deletionTimestamp === undefined)) return "Running";
  if (ended.every((terminated) => terminated?.exitCode === 0)) return "Succeeded";
  const isFinal = restartPolicy === "Never" || pod.metadata.deletionTimestamp !== undefined;
  return isFinal ? "Failed" : "Running";
}

function conditionsOf(
  pod: Pod,
  { inits, mains }: ContainerStatuses,
  { phase, hasNetwork }: { phase: PodStatus["phase"]; hasNetwork: boolean },
): Condition[] {
  const isOver = phase === "Failed" || phase === "Succeeded";
  const pending = inits.filter((status) => !isInitialized(pod, status)).map(({ name }) => name);
  const initialized =
    pending.length === 0
      ? condition("Initialized", true, phase === "Succeeded" ? { reason: "PodCompleted" } : undefined)
      : condition("Initialized", false, blame("ContainersNotInitialized", "incomplete", pending));
  const sidecars = inits.filter(({ name }) => isSidecar(pod, name));
  const unready = [...sidecars, ...mains].filter(({ ready }) => !ready).map(({ name }) => name);
  const over = isOver ? { reason: phase === "Failed" ? "PodFailed" : "PodCompleted" } : undefined;
  const why = over ?? (unready.length === 0 ? undefined : blame("ContainersNotReady", "unready", unready));
  const gates = why ?? gatesBlame(pod);
  return [
    condition("PodReadyToStartContainers", hasNetwork && !isOver),
    initialized,
    condition("Ready", gates === undefined, gates),
    condition("ContainersReady", why === undefined, why),
    condition("PodScheduled", true),
  ];
}

function gatesBlame({ spec, status }: Pod): { reason: string; message: string } | undefined {
  const gates = isList(spec.readinessGates)
    ? spec.readinessGates.map((gate) => String(objectAt(gate).conditionType))
    : [];
  const texts = gates.flatMap((gate) => {
    const found = status.conditions?.find(({ type }) => type === gate);
    if (found === undefined) return [`corresponding condition of pod readiness gate "${gate}" does not exist.`];
    return found.status === "True"
      ? []
      : [`the status of pod readiness gate "${gate}" is not "True", but ${found.status}`];
  });
  return texts.length === 0 ? undefined : { reason: "ReadinessGatesNotReady", message: texts.join(", ") };
}

function isInitialized(pod: Pod, { name, state, started }: ContainerStatus): boolean {
  return isSidecar(pod, name) ? started || state.terminated !== undefined : state.terminated?.exitCode === 0;
}

function isSidecar({ spec }: Pod, name: string): boolean {
  return spec.initContainers?.find((container) => container.name === name)?.restartPolicy === "Always";
}

function blame(reason: string, status: string, names: readonly string[]): { reason: string; message: string } {
  return { reason, message: `containers with ${status} status: [${names.join(" ")}]` };
}

function condition(type: string, holds: boolean, why?: { reason: string; message?: string }): Condition {
  return { type, status: holds ? "True" : "False", ...why };
}

function dated(next: Condition, { status, metadata }: Pod, now: string): Condition {
  const observedGeneration = metadata.generation ?? 1;
  const old = status.conditions?.find((candidate) => candidate.type === next.type);
  const since = old?.status === next.status ? old.lastTransitionTime : now;
  return { ...next, observedGeneration, lastProbeTime: null, lastTransitionTime: since ?? now };
}
