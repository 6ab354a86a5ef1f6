import type { ApiObject } from "../api-object.ts";
import type { View } from "../faults/view.ts";
import type { JsonObject } from "../json.ts";
import { apiVersionOf, type KindName } from "../kinds.ts";
import { fieldMatcher, labelMatcher, type Matcher } from "../selectors.ts";
import { ApiError, badRequest, notFound } from "../status.ts";
import type { Exchange } from "./exchange.ts";
import type { Route } from "./route.ts";

/** @throws ApiError 404 */
export function getObject(store: View, { kind, namespace, name }: Route): ApiObject {
  const found = store.get(kind.name, namespace, name);
  if (found === undefined) throw notFound(kind, name);
  return found;
}

/** One page of a collection, or all of it. */
export function listObjects(store: View, route: Route, { query }: Exchange): JsonObject {
  const matches = matcherOf(query, route.kind.name);
  const all = store.list(route.kind.name, route.namespace).filter(matches);
  const start = startOf(query.get("continue"), store.oldest);
  const limit = Number(query.get("limit") ?? 0);
  const rest = all.slice(start.offset);
  const items = limit > 0 ? rest.slice(0, limit) : rest;
  const left = rest.length - items.length;
  const version = start.resourceVersion ?? store.resourceVersion;
  const token = Buffer.from(JSON.stringify({ rv: version, offset: start.offset + items.length })).toString("base64url");
  return {
    kind: `${route.kind.name}List`,
    apiVersion: apiVersionOf(route.kind),
    metadata: { resourceVersion: String(version), ...(left > 0 ? { continue: token, remainingItemCount: left } : {}) },
    // As the real server sends them: items of a list do not repeat what they are.
    items: items.map(({ apiVersion: _, kind: __, ...item }) => item),
  };
}

/** @throws ApiError 400 */
export function matcherOf(query: URLSearchParams, kind: KindName): Matcher {
  const labels = labelMatcher(query.get("labelSelector") ?? "");
  const fields = fieldMatcher(query.get("fieldSelector") ?? "", kind);
  return (object) => labels(object) && fields(object);
}

function startOf(token: string | null, oldest: number): { offset: number; resourceVersion?: number } {
  if (token === null || token === "") return { offset: 0 };
  const parsed: { rv?: unknown; offset?: unknown } = JSON.parse(Buffer.from(token, "base64url").toString() || "{}");
  if (typeof parsed.rv !== "number" || typeof parsed.offset !== "number") throw badRequest("continue key is not valid");
  if (parsed.rv < oldest) {
    const advice = "The provided continue parameter is too old to display a consistent list result.";
    throw new ApiError(
      { code: 410, reason: "Expired" },
      `${advice} You can start a new list without the continue parameter.`,
    );
  }
  return { offset: parsed.offset, resourceVersion: parsed.rv };
}
