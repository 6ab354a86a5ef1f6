import type { ApiObject } from "../api-object.ts";
import { remove } from "../deletion.ts";
import { isList, type JsonObject, objectAt } from "../json.ts";
import { apiVersionOf, type KindName } from "../kinds.ts";
import type { Registry } from "../registry.ts";
import { methodNotAllowed, notSupported } from "../status.ts";
import { type Answer, type Exchange, objectBodyOf } from "./exchange.ts";
import { checkWriteOptions, refuse } from "./options.ts";
import { getObject, matcherOf } from "./reads.ts";
import type { Route } from "./route.ts";
import { targetOf } from "./writes.ts";

export function deleteObject(registry: Registry, route: Route, exchange: Exchange): Answer {
  const options = deleteOptions(exchange);
  checkDeleteOptions(options);
  const { gracePeriodSeconds: grace, propagationPolicy: propagation } = options;
  const { uid, resourceVersion } = objectAt(options, "preconditions");
  const live = getObject(registry.store, route);
  registry.admission.check({ operation: "DELETE", kind: route.kind, object: live });
  const { object, gone } = remove(registry, targetOf(route), {
    uid: typeof uid === "string" ? uid : undefined,
    resourceVersion: typeof resourceVersion === "string" ? resourceVersion : undefined,
    graceSeconds: grace === undefined || grace === null ? undefined : Number(grace),
    propagation: policies.find((policy) => policy === propagation) ?? defaultPolicy(route.kind.name),
    dryRun: isDry(options),
  });
  const keepsBody = !gone || returned.has(route.kind.name);
  return { code: 200, body: keepsBody ? object : success(route, object) };
}

/** Kinds whose deletion is answered with the object. */
const returned = new Set<KindName>(["Pod", "Service", "ServiceAccount", "ResourceQuota"]);

/** Deletes what a selector matches; answers with the list of what it found. */
export function deleteCollection(registry: Registry, route: Route, exchange: Exchange): Answer {
  if (route.kind.name === "Namespace") throw methodNotAllowed();
  const options = deleteOptions(exchange);
  checkDeleteOptions(options);
  const matches = matcherOf(exchange.query, route.kind.name);
  const found = registry.store.list(route.kind.name, route.namespace).filter(matches);
  for (const { metadata } of found) {
    const target = { kind: route.kind.name, namespace: metadata.namespace, name: metadata.name };
    remove(registry, target, { dryRun: isDry(options) });
  }
  // As in a list, items do not repeat what they are.
  const items = found.map(({ apiVersion: _, kind: __, ...item }) => item);
  const metadata = { resourceVersion: String(registry.store.resourceVersion) };
  return { code: 200, body: { kind: `${route.kind.name}List`, apiVersion: apiVersionOf(route.kind), metadata, items } };
}

function success({ kind }: Route, { metadata }: ApiObject): JsonObject {
  const group = kind.group === "" ? {} : { group: kind.group };
  const details = { name: metadata.name, ...group, kind: kind.plural, uid: metadata.uid };
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details };
}

const policies = ["Foreground", "Background", "Orphan"] as const;

/** Jobs leave their pods behind where nobody says otherwise (kubernetes/pkg/registry/batch/job/strategy.go). */
function defaultPolicy(kind: KindName): (typeof policies)[number] {
  return kind === "Job" ? "Orphan" : "Background";
}

function isDry({ dryRun }: JsonObject): boolean {
  return isList(dryRun) && dryRun.length > 0;
}

/** Those of the body, or else those of the query: where there is a body, the server does not look at the query. */
function deleteOptions(exchange: Exchange): JsonObject {
  if (exchange.raw !== "") return objectBodyOf(exchange);
  const { query } = exchange;
  const named = ["gracePeriodSeconds", "propagationPolicy"].flatMap((key): [string, string][] => {
    const value = query.get(key);
    return value === null ? [] : [[key, value]];
  });
  return { ...Object.fromEntries(named), dryRun: query.getAll("dryRun") };
}

/** @throws ApiError 422 */
function checkDeleteOptions(options: JsonObject): void {
  const dryRun = isList(options.dryRun) ? options.dryRun.map(String) : [];
  checkWriteOptions("DeleteOptions", new URLSearchParams(dryRun.map((one): [string, string] => ["dryRun", one])));
  const policy = options.propagationPolicy;
  if (policy === undefined) return;
  const value = JSON.stringify(policy);
  const both = "orphanDependents and deletionPropagation cannot be both set";
  refuse("DeleteOptions", [
    ...(options.orphanDependents === undefined
      ? []
      : [{ reason: "FieldValueInvalid", message: `Invalid value: ${value}: ${both}`, field: "propagationPolicy" }]),
    ...(policies.some((one) => one === policy) ? [] : [notSupported("propagationPolicy", value, [...policies, "nil"])]),
  ]);
}
