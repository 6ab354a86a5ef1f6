import { decoded, type FieldValidation, type Source, type Strictness } from "../admission/decoding.ts";
import type { ApiObject } from "../api-object.ts";
import { at, goText, isList, isObject, type Json, type JsonObject, objectAt, withValue } from "../json.ts";
import { apiVersionOf, type Kind, type KindName, kinds, resourceOf } from "../kinds.ts";
import { jsonPatch } from "../patches/json-patch.ts";
import { mergePatch } from "../patches/merge-patch.ts";
import { strategicMerge } from "../patches/strategic-merge.ts";
import { checkStoredUid } from "../preconditions.ts";
import type { Registry, WriteOptions } from "../registry.ts";
import { schemaOf } from "../schema/kind-schemas.ts";
import { ApiError, badRequest } from "../status.ts";
import { applyObject } from "./applies.ts";
import { type Answer, bodyOf, type Exchange, objectBodyOf } from "./exchange.ts";
import { checkWriteOptions } from "./options.ts";
import type { Route } from "./route.ts";

export function createObject(registry: Registry, route: Route, exchange: Exchange): Answer {
  checkWriteOptions("CreateOptions", exchange.query);
  const body = objectBodyOf(exchange);
  checkIdentity(route, body);
  const { kind, namespace } = route;
  return {
    code: 201,
    body: registry.create({ kind: kind.name, namespace: namespace }, body, writeOptions(exchange, route, "body")),
  };
}

export function replaceObject(registry: Registry, route: Route, exchange: Exchange): Answer {
  checkWriteOptions("UpdateOptions", exchange.query);
  const body = objectBodyOf(exchange);
  checkIdentity(route, body);
  checkName(route, objectAt(body, "metadata"));
  const target = targetOf(route);
  const how = writeOptions(exchange, route, "body");
  const there = registry.store.get(target.kind, target.namespace, target.name);
  const isThere = there !== undefined;
  const { uid } = objectAt(body, "metadata");
  if (!isThere && createdByPut.has(target.kind)) {
    checkStoredUid(route.kind, target, { uid, dryRun: how.dryRun ?? false });
    const unversioned = withValue(body, ["metadata", "resourceVersion"], undefined);
    return { code: 201, body: asTried(registry.create(target, unversioned, how), body) };
  }
  const lacksVersion = route.kind.conditional === true && at(body, "metadata", "resourceVersion") === undefined;
  // What is wrong with the body is told before the object is looked for.
  if ((!isThere || lacksVersion) && how.strictness !== undefined) decoded(route.kind, body, how.strictness);
  if (there !== undefined && lacksVersion) {
    checkStoredUid(route.kind, there.metadata, { uid, dryRun: how.dryRun ?? false });
    throw unconditional(route);
  }
  return { code: 200, body: registry.update(target, () => body, how) };
}

/** What was only tried keeps the version that its body named. */
export function asTried(created: ApiObject, body: JsonObject): JsonObject {
  if (at(created, "metadata", "resourceVersion") !== undefined) return created;
  return withValue(created, ["metadata", "resourceVersion"], at(body, "metadata", "resourceVersion"));
}

/** Kinds that a PUT creates where they are not there. */
const createdByPut = new Set<KindName>(["Lease", "Service", "Event", "LimitRange"]);

export function patchObject(registry: Registry, route: Route, exchange: Exchange): Answer {
  const target = targetOf(route);
  if (exchange.contentType === "application/apply-patch+yaml") return applyObject(registry, route, exchange);
  checkWriteOptions("PatchOptions", exchange.query);
  const change = patchOf(route, exchange);
  const how = writeOptions(exchange, route, "patch");
  return { code: 200, body: registry.update(target, (live) => change(live), how) };
}

/** The change that a patch's content type and body describe. */
export function patchOf(route: Route, exchange: Exchange): (live: JsonObject) => JsonObject {
  const { kind } = route;
  const patch = bodyOf(exchange);
  const byType: Record<string, (live: JsonObject) => Json> = {
    "application/json-patch+json": (live) => jsonPatch(live, patch),
    "application/merge-patch+json": (live) => mergePatch(live, objectIn(patch, "error decoding patch: ")),
    "application/strategic-merge-patch+json": (live) => strategicMerge(schemaOf(kind.name), live, objectIn(patch, "")),
  };
  const merge = byType[exchange.contentType];
  if (merge === undefined) throw unsupported();
  return (live) => {
    const merged = merge(live);
    if (!isObject(merged)) throw badRequest("the patch leaves no object");
    checkPatchedKind(kind, merged);
    checkName(route, objectAt(merged, "metadata"));
    return merged;
  };
}

/** @throws ApiError 400 in the words of Go */
function objectIn(patch: Json, prefix: string): JsonObject {
  if (isObject(patch)) return patch;
  const type = isList(patch) ? "array" : typeof patch === "boolean" ? "bool" : typeof patch;
  throw badRequest(`${prefix}json: cannot unmarshal ${type} into Go value of type map[string]interface {}`);
}

/** @throws ApiError 400 where a write says of its object that it is another one */
export function checkName({ name, namespace }: Route, metadata: JsonObject): void {
  if (metadata.name !== name) {
    const said = String(metadata.name ?? "");
    throw badRequest(
      said === ""
        ? `the name of the object (${name} based on URL) was undeterminable: name must be provided`
        : `the name of the object (${said}) does not match the name on the URL (${name})`,
    );
  }
  if (metadata.namespace === undefined || metadata.namespace === namespace) return;
  throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
}

export function writeOptions(exchange: Exchange, route: Route, source: Source): WriteOptions {
  const { query, request } = exchange;
  const agent = (request.headers["user-agent"] ?? "unknown").split("/")[0] ?? "unknown";
  const asked = query.get("fieldValidation");
  const validation: FieldValidation = asked === "Strict" || asked === "Ignore" ? asked : "Warn";
  const isStrategic = exchange.contentType.startsWith("application/strategic");
  const sent = isStrategic ? goText(JSON.parse(exchange.raw)) : undefined;
  const strictness: Strictness = { validation, source, warnings: exchange.warnings, sent };
  return {
    manager: query.get("fieldManager") || agent,
    subresource: route.subresource === "" ? undefined : route.subresource,
    dryRun: isDryRun(exchange),
    strictness,
  };
}

export function targetOf({ kind, namespace, name }: Route) {
  return { kind: kind.name, namespace, name } as const;
}

export function isDryRun({ query }: Exchange): boolean {
  return query.get("dryRun") === "All";
}

/** @throws ApiError 400 where a body is of another kind or namespace than its URL */
function checkIdentity({ kind, namespace }: Route, body: JsonObject): void {
  const [said, version] = [String(body.kind ?? kind.name), String(body.apiVersion ?? apiVersionOf(kind))];
  if (said !== kind.name || version !== apiVersionOf(kind)) throw otherKind(kind, said, version);
  const named = at(body, "metadata", "namespace");
  if (named !== undefined && named !== namespace) {
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  }
}

/** @throws ApiError 422 where a patch makes another kind of the object */
function checkPatchedKind(kind: Kind, patched: JsonObject): void {
  if (patched.kind === kind.name) return;
  const why = `converting (${kind.version}.${String(patched.kind)}) to (${kind.group || "core"}.${kind.name}): unknown conversion`;
  const message = `Invalid value: ${JSON.stringify(JSON.stringify(patched))}: ${why}`;
  const causes = [{ reason: "FieldValueInvalid", message, field: "patch" }];
  throw new ApiError({ code: 422, reason: "Invalid" }, ` "" is invalid: patch: ${message}`, { causes });
}

function otherKind(kind: Kind, said: string, version: string): ApiError {
  const group = version.includes("/") ? version.split("/")[0] : "";
  if (said === kind.name && group === kind.group) {
    const expected = apiVersionOf(kind);
    return badRequest(`the API version in the data (${version}) does not match the expected API version (${expected})`);
  }
  const isKnown = kinds.some((known) => known.name === said && apiVersionOf(known) === version);
  const why = isKnown
    ? `converting (${kind.version}.${said}) to (${kind.group || "core"}.${kind.name}): unknown conversion`
    : `no kind ${JSON.stringify(said)} is registered for version ${JSON.stringify(version)} in scheme "pkg/runtime/scheme.go:110"`;
  return badRequest(`${said} in version "${kind.version}" cannot be handled as a ${kind.name}: ${why}`);
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

function unsupported(): ApiError {
  return new ApiError({ code: 415, reason: "UnsupportedMediaType" }, "415: Unsupported Media Type", {});
}
