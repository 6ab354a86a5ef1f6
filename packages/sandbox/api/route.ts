import { type Kind, kindServedAs } from "../kinds.ts";

/** What a URL below `/api` or `/apis` names. */
export interface Route {
  readonly kind: Kind;
  readonly namespace: string | undefined;
  /** Empty for a collection. */
  readonly name: string;
  /** Empty for the object itself. */
  readonly subresource: string;
  /** What follows the subresource, for proxies. */
  readonly rest: string;
}

/** `undefined` where nothing is served. */
export function routeOf(path: string): Route | undefined {
  const [, root, ...segments] = path.split("/").map(decodeURIComponent);
  const group = root === "apis" ? (segments.shift() ?? "") : "";
  const version = segments.shift() ?? "";
  if (root !== "api" && root !== "apis") return undefined;
  const isScoped = segments[0] === "namespaces" && segments.length > 2 && !isNamespaceSubresource(segments[2]);
  const namespace = isScoped ? segments[1] : undefined;
  const [plural = "", name = "", subresource = "", ...rest] = isScoped ? segments.slice(2) : segments;
  const kind = kindServedAs(group, version, plural);
  if (kind === undefined) return undefined;
  if (namespace === undefined && kind.namespaced && name !== "") return undefined;
  if (subresource !== "" && !kind.subresources.includes(subresource)) return undefined;
  return { kind, namespace, name, subresource, rest: rest.join("/") };
}

function isNamespaceSubresource(segment: string | undefined): boolean {
  return segment === "status" || segment === "finalize";
}

/** The verb that access rules know a request by. */
export function verbOf(method: string, route: Route, isWatch: boolean): string {
  if (method === "GET" || method === "HEAD") return route.name !== "" ? "get" : isWatch ? "watch" : "list";
  if (method === "DELETE") return route.name === "" ? "deletecollection" : "delete";
  return { POST: "create", PUT: "update", PATCH: "patch" }[method] ?? method.toLowerCase();
}
