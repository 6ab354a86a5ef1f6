import type { PodDisruptionBudget } from "../autoscaling.ts";
import { remove } from "../deletion.ts";
import { type JsonObject, objectAt } from "../json.ts";
import { isPodReady } from "../pods/pod-status.ts";
import type { Registry } from "../registry.ts";
import { selectorMatcher } from "../selectors.ts";
import { ApiError, badRequest } from "../status.ts";
import type { Pod } from "../workloads.ts";
import { type Answer, type Exchange, objectBodyOf } from "./exchange.ts";
import { getObject } from "./reads.ts";
import type { Route } from "./route.ts";
import { isDryRun } from "./writes.ts";

/**
 * POST of `pods/eviction`: deletes a pod if its disruption budget has room (kubernetes/pkg/registry/core/pod/storage).
 * @throws ApiError 429 where it has none, 500 where there are two
 */
export function answerEviction(registry: Registry, route: Route, exchange: Exchange): Answer {
  const body = objectBodyOf(exchange);
  if (objectAt(body, "metadata").name !== route.name) {
    throw badRequest("name in URL does not match name in Eviction object");
  }
  // Only pods have the subresource.
  const pod = getObject(registry.store, route) as Pod;
  const options = objectAt(body, "deleteOptions");
  const dryRun = isDryRun(exchange) || options.dryRun !== undefined;
  if (!isBeyondBudgets(pod)) disrupt(registry, pod, dryRun);
  const target = { kind: "Pod", namespace: route.namespace, name: route.name } as const;
  if (!dryRun)
    registry.update(target, (live) => disrupted(live, registry.timestamp), {
      manager: "kube-apiserver",
      subresource: "status",
    });
  const { uid } = objectAt(options, "preconditions");
  remove(registry, target, {
    dryRun,
    uid: typeof uid === "string" ? uid : undefined,
    graceSeconds: typeof options.gracePeriodSeconds === "number" ? options.gracePeriodSeconds : undefined,
  });
  return { code: 201, body: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 } };
}

/** Whether its end disturbs nobody any more, or not yet. */
function isBeyondBudgets({ metadata, status }: Pod): boolean {
  return status.phase !== "Running" || metadata.deletionTimestamp !== undefined;
}

/** Takes one disruption out of the pod's budget. */
function disrupt(registry: Registry, pod: Pod, dryRun: boolean): void {
  const { namespace, name, labels = {} } = pod.metadata;
  const budgets = registry.store
    .list("PodDisruptionBudget", namespace)
    .filter(({ spec }) => spec.selector !== undefined && selectorMatcher(spec.selector)(labels));
  const [budget, second] = budgets;
  if (second !== undefined) {
    const message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
    throw new ApiError({ code: 500, reason: "" }, message);
  }
  if (budget === undefined || (!isPodReady(pod) && mayLoseUnhealthy(budget))) return;
  const {
    disruptionsAllowed: allowed,
    desiredHealthy,
    currentHealthy,
    observedGeneration,
  } = objectAt(budget, "status");
  const title = `The disruption budget ${budget.metadata.name}`;
  if (Number(observedGeneration ?? 0) < (budget.metadata.generation ?? 0)) {
    throw tooMany(`${title} is still being processed by the server.`, 10);
  }
  if (Number(allowed ?? 0) <= 0) {
    throw tooMany(`${title} needs ${Number(desiredHealthy)} healthy pods and has ${Number(currentHealthy)} currently`);
  }
  if (dryRun) return;
  const change = (live: PodDisruptionBudget): JsonObject => {
    const disruptedPods = { ...objectAt(live, "status", "disruptedPods"), [name]: registry.timestamp };
    return { ...live, status: { ...objectAt(live, "status"), disruptionsAllowed: Number(allowed) - 1, disruptedPods } };
  };
  const target = { kind: "PodDisruptionBudget", namespace, name: budget.metadata.name } as const;
  registry.update(target, change, { manager: "kube-apiserver", subresource: "status" });
}

function mayLoseUnhealthy({ spec, status }: PodDisruptionBudget): boolean {
  const { currentHealthy, desiredHealthy } = objectAt(status);
  if (objectAt(spec).unhealthyPodEvictionPolicy === "AlwaysAllow") return true;
  return Number(currentHealthy) >= Number(desiredHealthy) && Number(desiredHealthy) > 0;
}

function disrupted(pod: Pod, now: string): JsonObject {
  const condition = {
    type: "DisruptionTarget",
    status: "True",
    lastProbeTime: null,
    lastTransitionTime: now,
    reason: "EvictionByEvictionAPI",
    message: "Eviction API: evicting",
  };
  const others = (pod.status.conditions ?? []).filter(({ type }) => type !== "DisruptionTarget");
  return { ...pod, status: { ...pod.status, conditions: [...others, condition] } };
}

function tooMany(why: string, retryAfterSeconds?: number): ApiError {
  const causes = [{ reason: "DisruptionBudget", message: why }];
  const details = { causes, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
  const message = "Cannot evict pod as it would violate the pod's disruption budget.";
  return new ApiError({ code: 429, reason: "TooManyRequests" }, message, details);
}
