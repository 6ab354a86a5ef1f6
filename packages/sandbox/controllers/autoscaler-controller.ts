import { type Condition, keyOf } from "../api-object.ts";
import type { HorizontalPodAutoscaler } from "../autoscaling.ts";
import { recordEvent } from "../events.ts";
import { at, type JsonObject, objectAt } from "../json.ts";
import { kinds, resourceOf } from "../kinds.ts";
import type { Registry } from "../registry.ts";
import { manager } from "./owned-pod.ts";
import { writeStatus } from "./status-write.ts";
import { WorkQueue } from "./work-queue.ts";

const component = "horizontal-pod-autoscaler";
const periodMs = 15_000;

/**
 * Holds the targets of autoscalers between their floor and their ceiling. No metrics are served here, as in a cluster
 * without a metrics server, and it says so (kubernetes/pkg/controller/podautoscaler/horizontal.go).
 */
export function startAutoscalerController(registry: Registry, reactionMs: number): void {
  const queue = new WorkQueue(registry.clock, reactionMs, (key) => {
    if (reconcile(registry, key)) queue.add(key, periodMs);
  });
  registry.store.subscribe(({ kind, type, object, previous }) => {
    if (kind !== "HorizontalPodAutoscaler" || type === "DELETED") return;
    if (previous === undefined || previous.spec !== object.spec) queue.add(keyOf(object));
  });
}

/** Whether it is still there. */
function reconcile(registry: Registry, key: string): boolean {
  const [namespace, name = ""] = key.split("/");
  const scaler = registry.store.get("HorizontalPodAutoscaler", namespace, name);
  if (scaler === undefined) return false;
  const status = scaled(registry, scaler);
  writeStatus(registry, { kind: "HorizontalPodAutoscaler", live: scaler }, status);
  return true;
}

type Status = HorizontalPodAutoscaler["status"];

function scaled(registry: Registry, scaler: HorizontalPodAutoscaler): Status {
  const { minReplicas, maxReplicas } = scaler.spec;
  const current = sizeOf(registry, scaler);
  if (current === undefined) return withoutTarget(registry, scaler);
  const able = said(scaler.status, registry, {
    type: "AbleToScale",
    status: "True",
    reason: "SucceededGetScale",
    message: "the HPA controller was able to get the target's current scale",
  });
  if (current === 0 && minReplicas !== 0) {
    const message = "scaling is disabled since the replica count of the target is zero";
    const off = { type: "ScalingActive", status: "False", reason: "ScalingDisabled", message } as const;
    return { ...said(able, registry, off), currentReplicas: 0, desiredReplicas: 0 };
  }
  const bound =
    current > maxReplicas ? "above Spec.MaxReplicas" : current < minReplicas ? "below Spec.MinReplicas" : "";
  if (bound === "")
    return withoutMetrics(registry, scaler, { ...able, currentReplicas: current, desiredReplicas: current });
  const size = current > maxReplicas ? maxReplicas : minReplicas;
  resize(registry, scaler, size);
  const message = `New size: ${size}; reason: Current number of replicas ${bound}`;
  recordEvent(registry, scaler, { type: "Normal", reason: "SuccessfulRescale", message, component });
  const done = {
    type: "AbleToScale",
    status: "True",
    reason: "SucceededRescale",
    message: `the HPA controller was able to update the target scale to ${size}`,
  } as const;
  const counts = { currentReplicas: current, desiredReplicas: size, lastScaleTime: registry.timestamp };
  return { ...said(able, registry, done), ...counts };
}

function withoutTarget(registry: Registry, scaler: HorizontalPodAutoscaler): Status {
  const { kind: kindName, name } = scaler.spec.scaleTargetRef;
  const kind = kinds.find((one) => one.name === kindName);
  const message = `${kind === undefined ? kindName.toLowerCase() : resourceOf(kind)} "${name}" not found`;
  recordEvent(registry, scaler, { type: "Warning", reason: "FailedGetScale", message, component });
  return said(scaler.status, registry, {
    type: "AbleToScale",
    status: "False",
    reason: "FailedGetScale",
    message: `the HPA controller was unable to get the target's current scale: ${message}`,
  });
}

/** What an autoscaler says where nobody serves metrics. */
function withoutMetrics(registry: Registry, scaler: HorizontalPodAutoscaler, status: Status): Status {
  const { metrics = [] } = scaler.spec;
  const resource = String(at(objectAt(metrics[0], "resource"), "name") ?? "cpu");
  const cause = `failed to get ${resource} utilization: unable to get metrics for resource ${resource}: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)`;
  const all = metrics.length;
  const sum = `invalid metrics (${all} invalid out of ${all}), first error is: failed to get ${resource} resource metric value: ${cause}`;
  recordEvent(registry, scaler, { type: "Warning", reason: "FailedGetResourceMetric", message: cause, component });
  recordEvent(registry, scaler, { type: "Warning", reason: "FailedComputeMetricsReplicas", message: sum, component });
  const inactive = {
    type: "ScalingActive",
    status: "False",
    reason: "FailedGetResourceMetric",
    message: `the HPA was unable to compute the replica count: ${cause}`,
  } as const;
  return { ...said(status, registry, inactive), currentMetrics: metrics.map(() => ({ type: "" })) };
}

function sizeOf(registry: Registry, { metadata, spec }: HorizontalPodAutoscaler): number | undefined {
  const { kind, name } = spec.scaleTargetRef;
  if (kind !== "Deployment" && kind !== "ReplicaSet") return undefined;
  return registry.store.get(kind, metadata.namespace, name)?.spec.replicas;
}

function resize(registry: Registry, { metadata, spec }: HorizontalPodAutoscaler, replicas: number): void {
  const { kind, name } = spec.scaleTargetRef;
  if (kind !== "Deployment" && kind !== "ReplicaSet") return;
  const change = (live: JsonObject): JsonObject => ({ ...live, spec: { ...objectAt(live, "spec"), replicas } });
  registry.update<"Deployment" | "ReplicaSet">({ kind, namespace: metadata.namespace, name }, change, { manager });
}

function said(status: Status, registry: Registry, next: Condition): Status {
  const conditions = status.conditions ?? [];
  const old = conditions.find(({ type }) => type === next.type);
  const since = old?.status === next.status ? old.lastTransitionTime : undefined;
  const { type, status: holds, reason = "", message = "" } = next;
  const dated = { type, status: holds, reason, message, lastTransitionTime: since ?? registry.timestamp };
  if (old === undefined) return { ...status, conditions: [...conditions, dated] };
  return { ...status, conditions: conditions.map((one) => (one === old ? dated : one)) };
}
