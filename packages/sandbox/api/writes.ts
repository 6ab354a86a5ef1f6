import { parse } from "yaml";
import type { FieldValidation, Source, Strictness } from "../admission/decoding.ts";
import type { ApiObject } from "../api-object.ts";
import { remove } from "../deletion.ts";
import { at, isList, isObject, type Json, type JsonObject, objectAt } from "../json.ts";
import { apiVersionOf, resourceOf } from "../kinds.ts";
import { jsonPatch } from "../patches/json-patch.ts";
import { mergePatch } from "../patches/merge-patch.ts";
import { strategicMerge } from "../patches/strategic-merge.ts";
import type { Registry, WriteOptions } from "../registry.ts";
import { schemaOf } from "../schema/kind-schemas.ts";
import { ApiError, badRequest } from "../status.ts";
import { type Answer, bodyOf, type Exchange, objectBodyOf } from "./exchange.ts";
import type { Route } from "./route.ts";

export function createObject(registry: Registry, route: Route, exchange: Exchange): Answer {
  const body = objectBodyOf(exchange);
  checkIdentity(route, body);
  const { kind, namespace } = route;
  return {
    code: 201,
    body: registry.create({ kind: kind.name, namespace: namespace }, body, writeOptions(exchange, route, "body")),
  };
}

export function replaceObject(registry: Registry, route: Route, exchange: Exchange): Answer {
  const body = objectBodyOf(exchange);
  checkIdentity(route, body);
  const named = at(body, "metadata", "name");
  if (named !== route.name) {
    throw badRequest(
      `the name of the object (${String(named ?? "")}) does not match the name on the URL (${route.name})`,
    );
  }
  if (route.kind.conditional && at(body, "metadata", "resourceVersion") === undefined) {
    throw unconditional(route);
  }
  return { code: 200, body: registry.update(targetOf(route), () => body, writeOptions(exchange, route, "body")) };
}

export function patchObject(registry: Registry, route: Route, exchange: Exchange): Answer {
  const target = targetOf(route);
  if (exchange.contentType === "application/apply-patch+yaml") return applyObject(registry, route, exchange);
  const change = patchOf(route, exchange);
  const how = writeOptions(exchange, route, "patch");
  return { code: 200, body: registry.update(target, (live) => change(live), how) };
}

/** The change that a patch's content type and body describe. */
export function patchOf({ kind }: Route, exchange: Exchange): (live: JsonObject) => JsonObject {
  const patch = bodyOf(exchange);
  const byType: Record<string, (live: JsonObject) => Json> = {
    "application/json-patch+json": (live) => jsonPatch(live, patch),
    "application/merge-patch+json": (live) => mergePatch(live, patch),
    "application/strategic-merge-patch+json": (live) => strategicMerge(schemaOf(kind.name), live, patch),
  };
  const merge = byType[exchange.contentType];
  if (merge === undefined) throw unsupported();
  return (live) => {
    const merged = merge(live);
    if (!isObject(merged)) throw badRequest("the patch leaves no object");
    return merged;
  };
}

function applyObject(registry: Registry, route: Route, exchange: Exchange): Answer {
  const config: unknown = parse(exchange.raw);
  if (!isObject(config)) throw badRequest("error decoding YAML: the configuration is no object");
  checkIdentity(route, config);
  if ((exchange.query.get("fieldManager") ?? "") === "") {
    const message = 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch';
    const cause = {
      reason: "FieldValueRequired",
      message: "Required value: is required for apply patch",
      field: "fieldManager",
    };
    throw new ApiError({ code: 422, reason: "Invalid" }, message, {
      group: "meta.k8s.io",
      kind: "PatchOptions",
      causes: [cause],
    });
  }
  const target = targetOf(route);
  const existed = registry.store.get(target.kind, target.namespace, target.name) !== undefined;
  const how = { ...writeOptions(exchange, route, "apply"), force: exchange.query.get("force") === "true" };
  return { code: existed ? 200 : 201, body: registry.apply(target, config, how) };
}

export function deleteObject(registry: Registry, route: Route, exchange: Exchange): Answer {
  const options = exchange.raw === "" ? {} : objectBodyOf(exchange);
  const grace = exchange.query.get("gracePeriodSeconds") ?? options.gracePeriodSeconds;
  const propagation = exchange.query.get("propagationPolicy") ?? options.propagationPolicy;
  const { uid, resourceVersion } = objectAt(options, "preconditions");
  const { object, gone } = remove(registry, targetOf(route), {
    uid: typeof uid === "string" ? uid : undefined,
    resourceVersion: typeof resourceVersion === "string" ? resourceVersion : undefined,
    graceSeconds: grace === undefined || grace === null ? undefined : Number(grace),
    propagation: propagation === "Foreground" || propagation === "Orphan" ? propagation : "Background",
    dryRun: isDryRun(exchange) || options.dryRun !== undefined,
  });
  const keepsBody = !gone || route.kind.name === "Pod";
  return { code: 200, body: keepsBody ? object : success(route, object) };
}

/** Deletes what a selector matches; answers with the list of what it found. */
export function deleteCollection(registry: Registry, route: Route, items: readonly ApiObject[]): Answer {
  for (const { metadata } of items) {
    remove(registry, { kind: route.kind.name, namespace: metadata.namespace, name: metadata.name });
  }
  const metadata = { resourceVersion: String(registry.store.resourceVersion) };
  return { code: 200, body: { kind: `${route.kind.name}List`, apiVersion: apiVersionOf(route.kind), metadata, items } };
}

export function writeOptions(exchange: Exchange, route: Route, source: Source): WriteOptions {
  const { query, request } = exchange;
  const agent = (request.headers["user-agent"] ?? "unknown").split("/")[0] ?? "unknown";
  const asked = query.get("fieldValidation");
  const validation: FieldValidation = asked === "Strict" || asked === "Ignore" ? asked : "Warn";
  const sent = exchange.contentType.startsWith("application/strategic")
    ? goMap(JSON.parse(exchange.raw))
    : exchange.raw;
  const strictness: Strictness = { validation, source, warnings: exchange.warnings, sent };
  return {
    manager: query.get("fieldManager") || agent,
    subresource: route.subresource === "" ? undefined : route.subresource,
    dryRun: isDryRun(exchange),
    strictness,
  };
}

/** As Go prints a map. */
function goMap(value: Json): string {
  if (isList(value)) return `[${value.map(goMap).join(" ")}]`;
  if (!isObject(value)) return value === null ? "<nil>" : String(value);
  return `map[${Object.entries(value)
    .map(([key, item]) => `${key}:${goMap(item ?? null)}`)
    .join(" ")}]`;
}

export function targetOf({ kind, namespace, name }: Route) {
  return { kind: kind.name, namespace, name } as const;
}

function isDryRun({ query }: Exchange): boolean {
  return query.get("dryRun") === "All";
}

function checkIdentity({ kind, namespace }: Route, body: JsonObject): void {
  const expected = `${apiVersionOf(kind)}, Kind=${kind.name}`;
  const actual = `${String(body.apiVersion ?? "")}, Kind=${String(body.kind ?? "")}`;
  if (body.kind !== undefined && actual !== expected) {
    const [from, to] = [`${kind.version}.${String(body.kind)}`, `${kind.group || "core"}.${kind.name}`];
    throw badRequest(
      `${String(body.kind)} in version "${kind.version}" cannot be handled as a ${kind.name}: converting (${from}) to (${to}): unknown conversion`,
    );
  }
  const named = at(body, "metadata", "namespace");
  if (named !== undefined && named !== namespace) {
    throw badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
  }
}

function unconditional({ kind, name }: Route): ApiError {
  const message = "Invalid value: 0: must be specified for an update";
  const cause = { reason: "FieldValueInvalid", message, field: "metadata.resourceVersion" };
  const details = { name, group: kind.group, kind: kind.plural, causes: [cause] };
  return new ApiError(
    { code: 422, reason: "Invalid" },
    `${resourceOf(kind)} "${name}" is invalid: ${cause.field}: ${message}`,
    details,
  );
}

function success({ kind }: Route, { metadata }: ApiObject): JsonObject {
  const group = kind.group === "" ? {} : { group: kind.group };
  const details = { name: metadata.name, ...group, kind: kind.plural, uid: metadata.uid };
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details };
}

function unsupported(): ApiError {
  return new ApiError({ code: 415, reason: "UnsupportedMediaType" }, "415: Unsupported Media Type", {});
}
