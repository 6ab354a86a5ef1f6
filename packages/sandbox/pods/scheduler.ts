import type { Condition } from "../api-object.ts";
import { recordEvent } from "../events.ts";
import type { Registry } from "../registry.ts";
import type { Pod } from "../workloads.ts";

/** Gives the pod a node whose labels fit its nodeSelector, or says why none does. */
export function schedulePod(registry: Registry, pod: Pod): void {
  const nodes = registry.store.list("Node");
  const wanted = Object.entries(pod.spec.nodeSelector ?? {});
  const node = nodes.find(({ metadata }) => wanted.every(([key, value]) => metadata.labels?.[key] === value));
  if (node === undefined) unschedulable(registry, pod, nodes.length);
  else bind(registry, pod, node.metadata.name);
}

function bind(registry: Registry, pod: Pod, nodeName: string): void {
  const { namespace = "", name } = pod.metadata;
  const scheduled: Condition = {
    type: "PodScheduled",
    status: "True",
    lastProbeTime: null,
    lastTransitionTime: registry.timestamp,
  };
  registry.store.put("Pod", {
    ...pod,
    spec: { ...pod.spec, nodeName },
    status: { ...pod.status, conditions: [scheduled] },
  });
  const message = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
  recordEvent(registry, pod, { type: "Normal", reason: "Scheduled", message, component: "default-scheduler" });
}

function unschedulable(registry: Registry, pod: Pod, nodes: number): void {
  if (pod.status.conditions !== undefined) return;
  const reason = `${nodes} node(s) didn't match Pod's node affinity/selector`;
  const advice = `preemption: 0/${nodes} nodes are available: ${nodes} Preemption is not helpful for scheduling.`;
  const message = `0/${nodes} nodes are available: ${reason}. ${advice}`;
  const condition: Condition = {
    type: "PodScheduled",
    status: "False",
    reason: "Unschedulable",
    message,
    lastProbeTime: null,
    lastTransitionTime: registry.timestamp,
  };
  registry.store.put("Pod", { ...pod, status: { ...pod.status, conditions: [condition] } });
  recordEvent(registry, pod, { type: "Warning", reason: "FailedScheduling", message, component: "default-scheduler" });
}
