import { at, type JsonObject, objectAt } from "../json.ts";
import { jsonPatch } from "../patches/json-patch.ts";
import type { Ownership } from "../patches/managed-fields.ts";
import { mergePatch } from "../patches/merge-patch.ts";
import { scaledOwners } from "../patches/scale-owners.ts";
import type { Registry } from "../registry.ts";
import { ApiError, badRequest } from "../status.ts";
import type { Deployment, ReplicaSet } from "../workloads.ts";
import { type Answer, bodyOf, type Exchange, objectBodyOf } from "./exchange.ts";
import { getObject } from "./reads.ts";
import type { Route } from "./route.ts";
import { checkName, writeOptions } from "./writes.ts";

/** GET, PUT and PATCH of the `scale` subresource of Deployments and ReplicaSets. */
export function answerScale(registry: Registry, route: Route, exchange: Exchange): Answer {
  // Only these two kinds have the subresource.
  const live = getObject(registry.store, route) as Deployment | ReplicaSet;
  const scale = scaleOf(live);
  if (exchange.method === "GET") return { code: 200, body: scale };
  const wanted = exchange.method === "PUT" ? objectBodyOf(exchange) : patched(scale, exchange);
  const replicas = at(wanted, "spec", "replicas") ?? 0;
  if (typeof replicas !== "number") throw mistyped(wanted, exchange.method);
  if (replicas < 0) throw negative(route.name, replicas);
  checkName(route, { ...objectAt(wanted, "metadata"), namespace: route.namespace });
  const resourceVersion = at(wanted, "metadata", "resourceVersion") ?? live.metadata.resourceVersion;
  const { kind, namespace, name } = route;
  const change = (object: JsonObject): JsonObject => ({
    ...object,
    metadata: { ...live.metadata, resourceVersion },
    spec: { ...live.spec, replicas },
  });
  const options = writeOptions(exchange, route, "body");
  const from = live.spec.replicas;
  const manager = {
    name: options.manager,
    operation: "Update",
    apiVersion: live.apiVersion,
    subresource: "scale",
  } as const;
  const ownersAfter = (owners: readonly Ownership[]): readonly Ownership[] =>
    scaledOwners(owners, { manager, from, to: replicas });
  const how = { ...options, ownersAfter };
  registry.update({ kind: kind.name, namespace, name }, change, how);
  const next = how.dryRun ? { ...live, spec: { ...live.spec, replicas } } : getObject(registry.store, route);
  return { code: 200, body: scaleOf(next as Deployment | ReplicaSet) };
}

function negative(name: string, replicas: number): ApiError {
  const message = `Invalid value: ${replicas}: must be greater than or equal to 0`;
  const causes = [{ reason: "FieldValueInvalid", message, field: "spec.replicas" }];
  const details = { name, group: "autoscaling", kind: "Scale", causes };
  const text = `Scale.autoscaling "${name}" is invalid: spec.replicas: ${message}`;
  return new ApiError({ code: 422, reason: "Invalid" }, text, details);
}

function mistyped(scale: JsonObject, method: string): ApiError {
  const field = "json: cannot unmarshal string into Go struct field ScaleSpec.spec.replicas of type int32";
  if (method === "PUT") return badRequest(`Scale in version "v1" cannot be handled as a Scale: ${field}`);
  const message = `Invalid value: ${JSON.stringify(JSON.stringify(scale))}: ${field}`;
  const causes = [{ reason: "FieldValueInvalid", message, field: "patch" }];
  return new ApiError({ code: 422, reason: "Invalid" }, ` "" is invalid: patch: ${message}`, { causes });
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
