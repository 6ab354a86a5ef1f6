import { isList, isObject, type Json, type JsonObject, objectAt } from "../json.ts";
import type { Kind } from "../kinds.ts";
import { forbidden } from "../status.ts";
import type { Store } from "../store.ts";
import { amountOf, requestsOf, totalText } from "./amounts.ts";

/** The limits of a LimitRange, as its items have them. */
type Bound = "min" | "max" | "maxLimitRequestRatio";

/** A pod with the requests and limits that the LimitRanges of its namespace give to containers without. */
export function withLimitDefaults(store: Store, pod: JsonObject): JsonObject {
  const items = itemsFor(store, pod).filter(({ type }) => type === "Container");
  if (items.length === 0) return pod;
  const limits = Object.assign({}, ...items.map((item) => objectAt(item, "default")));
  const requests = Object.assign({}, ...items.map((item) => objectAt(item, "defaultRequest")));
  const told: string[] = [];
  const containers = containersOf(pod).map((container) => {
    const own = objectAt(container, "resources");
    const given = { requests: requestsOf(own), limits: objectAt(own, "limits") };
    const added = (what: "request" | "limit", defaults: JsonObject, already: JsonObject): void => {
      const names = Object.keys(defaults).filter((name) => already[name] === undefined);
      if (names.length > 0) told.push(`${names.join(", ")} ${what} for container ${String(container.name)}`);
    };
    added("request", requests, given.requests);
    added("limit", limits, given.limits);
    const resources = { limits: { ...limits, ...given.limits }, requests: { ...requests, ...given.requests } };
    return { ...container, resources: { ...own, ...filled(resources) } };
  });
  if (told.length === 0) return pod;
  const annotations = {
    ...objectAt(pod, "metadata", "annotations"),
    "kubernetes.io/limit-ranger": `LimitRanger plugin set: ${told.join("; ")}`,
  };
  const metadata = { ...objectAt(pod, "metadata"), annotations };
  return { ...pod, metadata, spec: { ...objectAt(pod, "spec"), containers } };
}

/** @throws ApiError 403 where a pod is outside of its namespace's LimitRanges */
export function checkLimits(store: Store, kind: Kind, pod: JsonObject): void {
  const faults = itemsFor(store, pod).flatMap((item) =>
    item.type === "Container"
      ? containersOf(pod).flatMap((container) => faultsOf(item, objectAt(container, "resources")))
      : faultsOf(item, summed(pod)),
  );
  if (faults.length === 0) return;
  const why = faults.length === 1 ? String(faults[0]) : `[${faults.join(", ")}]`;
  throw forbidden(kind, String(objectAt(pod, "metadata").name), why);
}

/** In the words of kubernetes/plugin/pkg/admission/limitranger. */
function faultsOf(item: JsonObject, resources: JsonObject): string[] {
  const requests = requestsOf(resources);
  const limits = objectAt(resources, "limits");
  const each = (bound: Bound, check: (name: string, enforced: Json) => string | undefined): string[] =>
    Object.entries(objectAt(item, bound)).flatMap(([name, enforced]) => check(name, enforced ?? "0") ?? []);
  const type = String(item.type);
  return [
    ...each("min", (name, enforced) => {
      const why =
        below(requests[name], enforced, "request") ?? (limits[name] && below(limits[name], enforced, "limit"));
      return why ? `minimum ${name} usage per ${type} is ${String(enforced)}${why}` : undefined;
    }),
    ...each("max", (name, enforced) => {
      const why =
        above(limits[name], enforced, "limit") ?? (requests[name] && above(requests[name], enforced, "request"));
      return why ? `maximum ${name} usage per ${type} is ${String(enforced)}${why}` : undefined;
    }),
    ...each("maxLimitRequestRatio", (name, enforced) => {
      const [request, limit] = [amountOf(requests[name]), amountOf(limits[name])];
      const ratio = `${name} max limit to request ratio per ${type} is ${String(enforced)}`;
      if (request === 0) return `${ratio}, but no request is specified or request is 0`;
      if (limit === 0) return `${ratio}, but no limit is specified or limit is 0`;
      const actual = limit / request;
      return actual > amountOf(enforced) ? `${ratio}, but provided ratio is ${actual.toFixed(6)}` : undefined;
    }),
  ];
}

function below(actual: Json | undefined, enforced: Json, what: string): string | undefined {
  if (actual === undefined) return `.  No ${what} is specified`;
  return amountOf(actual) < amountOf(enforced) ? `, but ${what} is ${String(actual)}` : undefined;
}

function above(actual: Json | undefined, enforced: Json, what: string): string | undefined {
  if (actual === undefined) return `.  No ${what} is specified`;
  return amountOf(actual) > amountOf(enforced) ? `, but ${what} is ${String(actual)}` : undefined;
}

/** What all containers ask for together. */
function summed(pod: JsonObject): JsonObject {
  const all = containersOf(pod).map((container) => objectAt(container, "resources"));
  const sum = (lists: readonly JsonObject[]): JsonObject => {
    const names = new Set(lists.flatMap(Object.keys));
    const total = (name: string): string =>
      totalText(lists.flatMap((list) => (list[name] === undefined ? [] : [String(list[name])])));
    return Object.fromEntries([...names].map((name) => [name, total(name)]));
  };
  return { requests: sum(all.map(requestsOf)), limits: sum(all.map((resources) => objectAt(resources, "limits"))) };
}

function itemsFor(store: Store, pod: JsonObject): JsonObject[] {
  const { namespace } = objectAt(pod, "metadata");
  const ranges = typeof namespace === "string" ? store.list("LimitRange", namespace) : [];
  return ranges.flatMap((range) => {
    const items = objectAt(range, "spec").limits;
    return isList(items) ? items.filter(isObject) : [];
  });
}

function containersOf(pod: JsonObject): JsonObject[] {
  const list = objectAt(pod, "spec").containers;
  return isList(list) ? list.filter(isObject) : [];
}

function filled(resources: Readonly<Record<string, JsonObject>>): JsonObject {
  return Object.fromEntries(Object.entries(resources).filter(([, list]) => Object.keys(list).length > 0));
}
