import { isList, type Json } from "../../json.ts";
import type { ContainerStatus, Pod } from "../../workloads.ts";
import { age } from "./age.ts";
import { sorted } from "./text.ts";

/** The row of a pod: what its containers add up to. */
export function podCells(pod: Pod, now: Date): Json[] {
  const { metadata, spec, status } = pod;
  const statuses = status.containerStatuses ?? [];
  const ready = statuses.filter((one) => one.ready && one.state.running !== undefined).length;
  const gates = isList(spec.readinessGates) ? spec.readinessGates.length : 0;
  const passed = (status.conditions ?? []).filter(({ type, status: is }) => is === "True" && isGate(pod, type)).length;
  const text = (value: Json | undefined): Json => (typeof value === "string" && value !== "" ? value : "<none>");
  return [
    metadata.name,
    `${ready}/${spec.containers.length}`,
    reasonOf(pod, statuses),
    restartsOf(statuses, now),
    age(metadata.creationTimestamp, now),
    text(status.podIP),
    text(spec.nodeName),
    text(status.nominatedNodeName),
    gates === 0 ? "<none>" : `${passed}/${gates}`,
  ];
}

/** The first container that has something to say speaks for the pod. */
function reasonOf({ metadata, status }: Pod, statuses: readonly ContainerStatus[]): string {
  const hasEnded = status.phase === "Succeeded" || status.phase === "Failed";
  if (metadata.deletionTimestamp !== undefined && !hasEnded) return "Terminating";
  const own = typeof status.reason === "string" && status.reason !== "" ? status.reason : status.phase;
  const [told = own] = statuses.flatMap(({ state: { waiting, terminated } }) => {
    if (waiting !== undefined) return [waiting.reason];
    return terminated === undefined ? [] : [terminated.reason || `ExitCode:${terminated.exitCode}`];
  });
  const runs = statuses.some((one) => one.ready && one.state.running !== undefined);
  if (told !== "Completed" || !runs) return told;
  const isReady = (status.conditions ?? []).some(({ type, status: is }) => type === "Ready" && is === "True");
  return isReady ? "Running" : "NotReady";
}

function restartsOf(statuses: readonly ContainerStatus[], now: Date): string {
  const count = statuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
  const ends = statuses.flatMap(({ lastState }) => lastState.terminated?.finishedAt ?? []);
  const last = sorted(ends.map(String)).at(-1);
  return count === 0 || last === undefined ? String(count) : `${count} (${age(last, now)} ago)`;
}

function isGate({ spec }: Pod, type: string): boolean {
  const gates = isList(spec.readinessGates) ? spec.readinessGates : [];
  return gates.some((gate) => (gate as { conditionType?: string }).conditionType === type);
}
