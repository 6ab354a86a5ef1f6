import type { Condition } from "../api-object.ts";
import { recordEvent } from "../events.ts";
import type { Registry } from "../registry.ts";
import type { Pod } from "../workloads.ts";
import { type Misfit, misfit } from "./node-fit.ts";
import { hasEnded } from "./pod-status.ts";

/** Gives the pod a node that fits, or says why none does; tells whether it found one. */
export function schedulePod(registry: Registry, pod: Pod): boolean {
  // Another scheduler's pods wait for it.
  if ((pod.spec.schedulerName ?? "default-scheduler") !== "default-scheduler") return false;
  const nodes = registry.store.list("Node");
  const residents = (name: string) => () =>
    registry.store.list("Pod").filter((other) => other.spec.nodeName === name && !hasEnded(other));
  const misfits: Misfit[] = [];
  for (const node of nodes) {
    const { name } = node.metadata;
    const why = misfit(pod, node, residents(name));
    if (why === undefined) {
      bind(registry, pod, name);
      return true;
    }
    misfits.push(why);
  }
  unschedulable(registry, pod, misfits);
  return false;
}

function bind(registry: Registry, pod: Pod, nodeName: string): void {
  const { namespace = "", name } = pod.metadata;
  const scheduled: Condition = { type: "PodScheduled", status: "True", ...times(registry, pod) };
  registry.store.put("Pod", {
    ...pod,
    spec: { ...pod.spec, nodeName },
    status: { ...pod.status, conditions: [scheduled] },
  });
  const message = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
  recordEvent(registry, pod, { type: "Normal", reason: "Scheduled", message, component: "default-scheduler" });
}

function unschedulable(registry: Registry, pod: Pod, misfits: readonly Misfit[]): void {
  const message = explained(misfits);
  if (pod.status.conditions?.some((known) => known.message === message)) return;
  const condition: Condition = {
    type: "PodScheduled",
    status: "False",
    reason: "Unschedulable",
    message,
    ...times(registry, pod),
  };
  registry.store.put("Pod", { ...pod, status: { ...pod.status, conditions: [condition] } });
  recordEvent(registry, pod, { type: "Warning", reason: "FailedScheduling", message, component: "default-scheduler" });
}

/** As FitError of the scheduler sums up (kubernetes/pkg/scheduler/framework/types.go). */
function explained(misfits: readonly Misfit[]): string {
  if (misfits.length === 0) return "no nodes available to schedule pods";
  const all = `0/${misfits.length} nodes are available:`;
  const hopeless = misfits.filter((one) => one.hopeless).length;
  const preemption = counted([
    ...Array.from({ length: hopeless }, () => "Preemption is not helpful for scheduling"),
    ...Array.from({ length: misfits.length - hopeless }, () => "No preemption victims found for incoming pod"),
  ]);
  const reasons = counted(misfits.flatMap((one) => one.reasons));
  return `${all} ${reasons}. no new claims to deallocate, preemption: ${all} ${preemption}.`;
}

/** `1 Insufficient cpu, 2 Insufficient memory`, sorted. */
function counted(reasons: readonly string[]): string {
  const groups = Map.groupBy(reasons, (reason) => reason);
  return [...groups]
    .map(([reason, same]) => `${same.length} ${reason}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join(", ");
}

function times({ timestamp }: Registry, { metadata }: Pod): Partial<Condition> {
  return { observedGeneration: metadata.generation ?? 1, lastProbeTime: null, lastTransitionTime: timestamp };
}
