import { parseDocument } from "yaml";
import { isObject, type JsonObject, objectAt } from "../json.ts";
import { apiVersionOf } from "../kinds.ts";
import type { Registry } from "../registry.ts";
import { badRequest } from "../status.ts";
import type { Answer, Exchange } from "./exchange.ts";
import { checkWriteOptions } from "./options.ts";
import type { Route } from "./route.ts";
import { asTried, checkName, targetOf, writeOptions } from "./writes.ts";

/** A server-side apply. @throws ApiError 400, 409, 422, 500 */
export function applyObject(registry: Registry, route: Route, exchange: Exchange): Answer {
  checkWriteOptions("PatchOptions", exchange.query, true);
  const config = configurationIn(exchange.raw);
  const { apiVersion, kind } = config;
  if (kind !== route.kind.name || apiVersion !== apiVersionOf(route.kind)) {
    const [group, version] = splitVersion(String(apiVersion ?? ""));
    throw badRequest(`invalid object type: ${group}/${version}, Kind=${String(kind ?? "")}`);
  }
  const target = targetOf(route);
  const existed = registry.store.get(target.kind, target.namespace, target.name) !== undefined;
  const how = {
    ...writeOptions(exchange, route, "apply"),
    force: exchange.query.get("force") === "true",
    confirm: (): void => checkName(route, objectAt(config, "metadata")),
  };
  const applied = registry.apply(target, config, how);
  return existed ? { code: 200, body: applied } : { code: 201, body: asTried(applied, config) };
}

/** @throws ApiError 400 */
function configurationIn(text: string): JsonObject {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined)
    throw badRequest(`error decoding YAML: error converting YAML to JSON: yaml: ${error.message}`);
  const config: unknown = document.toJS();
  if (isObject(config)) return config;
  const type = Array.isArray(config) ? "array" : typeof config === "boolean" ? "bool" : typeof config;
  const why = `while decoding JSON: json: cannot unmarshal ${type} into Go value of type map[string]interface {}`;
  throw badRequest(`error decoding YAML: error unmarshaling JSON: ${why}`);
}

function splitVersion(apiVersion: string): readonly [string, string] {
  const [group = "", version] = apiVersion.split("/");
  return version === undefined ? ["", group] : [group, version];
}
