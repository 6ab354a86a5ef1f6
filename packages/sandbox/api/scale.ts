import { at, type JsonObject } from "../json.ts";
import { jsonPatch } from "../patches/json-patch.ts";
import { mergePatch } from "../patches/merge-patch.ts";
import type { Registry } from "../registry.ts";
import { badRequest } from "../status.ts";
import type { Deployment, ReplicaSet } from "../workloads.ts";
import { type Answer, bodyOf, type Exchange, objectBodyOf } from "./exchange.ts";
import { getObject } from "./reads.ts";
import type { Route } from "./route.ts";
import { writeOptions } from "./writes.ts";

/** GET, PUT and PATCH of the `scale` subresource of Deployments and ReplicaSets. */
export function answerScale(registry: Registry, route: Route, exchange: Exchange): Answer {
  // Only these two kinds have the subresource.
  const live = getObject(registry.store, route) as Deployment | ReplicaSet;
  const scale = scaleOf(live);
  if (exchange.method === "GET") return { code: 200, body: scale };
  const wanted = exchange.method === "PUT" ? objectBodyOf(exchange) : patched(scale, exchange);
  const replicas = at(wanted, "spec", "replicas") ?? 0;
  if (typeof replicas !== "number") throw badRequest("spec.replicas is no number");
  const resourceVersion = at(wanted, "metadata", "resourceVersion") ?? live.metadata.resourceVersion;
  const { kind, namespace, name } = route;
  const change = (object: JsonObject): JsonObject => ({
    ...object,
    metadata: { ...live.metadata, resourceVersion },
    spec: { ...live.spec, replicas },
  });
  const how = writeOptions(exchange, route, "body");
  registry.update({ kind: kind.name, namespace, name }, change, how);
  const next = how.dryRun ? { ...live, spec: { ...live.spec, replicas } } : getObject(registry.store, route);
  return { code: 200, body: scaleOf(next as Deployment | ReplicaSet) };
}

function patched(scale: JsonObject, exchange: Exchange): JsonObject {
  const body = bodyOf(exchange);
  const isJson = exchange.contentType === "application/json-patch+json";
  const result = isJson ? jsonPatch(scale, body) : mergePatch(scale, body);
  return { ...scale, ...(result as JsonObject) };
}

function scaleOf({ metadata, spec, status }: Deployment | ReplicaSet): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  const selector = Object.entries(spec.selector.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: spec.replicas === 0 ? {} : { replicas: spec.replicas },
    status: { replicas: status.replicas ?? 0, selector: selector.sort().join(",") },
  };
}
