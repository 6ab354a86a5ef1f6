import { type ApiObject, keyOf } from "../api-object.ts";
import { pastView, type View } from "../faults/view.ts";
import type { JsonObject } from "../json.ts";
import { apiVersionOf, type KindName } from "../kinds.ts";
import { fieldMatcher, labelMatcher, type Matcher } from "../selectors.ts";
import { ApiError, badRequest, expired, notFound } from "../status.ts";
import type { Exchange } from "./exchange.ts";
import { checkListOptions } from "./options.ts";
import type { Route } from "./route.ts";

/** @throws ApiError 404 */
export function getObject(store: View, { kind, namespace, name }: Route): ApiObject {
  const found = store.get(kind.name, namespace, name);
  if (found === undefined) throw notFound(kind, name);
  return found;
}

/**
 * One page of a collection, or all of it. All pages of a list show the moment of the first.
 * @throws ApiError 400, 410 where that moment is forgotten, 504 where it is to come
 */
export function listObjects(store: View, route: Route, { query }: Exchange): JsonObject {
  checkListOptions(query, false);
  const page = pageOf(store, query);
  const { kind, namespace } = route;
  const matching = page.view.list(kind.name, namespace).filter(matcherOf(query, kind.name));
  const rest = matching.filter((object) => `${keyOf(object)}\0` > page.after);
  const items = page.limit > 0 ? rest.slice(0, page.limit) : rest;
  const left = rest.length - items.length;
  const resourceVersion = page.view.resourceVersion;
  const isFiltered = query.get("labelSelector") || query.get("fieldSelector");
  const more = (last: ApiObject | undefined): JsonObject => ({
    continue: last === undefined ? undefined : tokenOf({ rv: resourceVersion, start: `${keyOf(last)}\0` }),
    // What matches further on is not counted.
    ...(isFiltered ? {} : { remainingItemCount: left }),
  });
  return {
    kind: `${kind.name}List`,
    apiVersion: apiVersionOf(kind),
    metadata: { resourceVersion: String(resourceVersion), ...(left > 0 ? more(items.at(-1)) : {}) },
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

interface Page {
  readonly view: View;
  /** Keys up to this have been sent. */
  readonly after: string;
  /** 0 for all. */
  readonly limit: number;
}

function pageOf(store: View, query: URLSearchParams): Page {
  const limit = wholeNumber(query.get("limit") ?? "0");
  const token = query.get("continue") ?? "";
  if (token !== "") return { ...continued(store, token), limit };
  const asked = query.get("resourceVersion") ?? "";
  if (!/^\d*$/.test(asked)) {
    const why = `strconv.ParseUint: parsing ${JSON.stringify(asked)}: invalid syntax`;
    throw badRequest(`invalid resource version: resourceVersion: Invalid value: ${JSON.stringify(asked)}: ${why}`);
  }
  if (Number(asked) > store.resourceVersion) throw tooLarge(asked, store.resourceVersion);
  const isExact = query.get("resourceVersionMatch") === "Exact" && asked !== "";
  if (isExact && Number(asked) < store.oldest) throw expired(Number(asked), store.oldest);
  return { view: isExact ? pastView(store, Number(asked)) : store, after: "", limit };
}

function continued(store: View, token: string): Pick<Page, "view" | "after"> {
  const { rv, start } = placeIn(token);
  // A version of -1 goes on in the present, after the first answer was forgotten.
  if (rv < 0) return { view: store, after: start };
  if (rv < store.oldest) throw new ForgottenPage(start);
  return { view: pastView(store, rv), after: start };
}

interface Place {
  readonly rv: number;
  /** The key after which the next page begins, with a zero byte. */
  readonly start: string;
}

function tokenOf(place: Place): string {
  return Buffer.from(JSON.stringify({ v: "meta.k8s.io/v1", ...place })).toString("base64url");
}

function placeIn(token: string): Place {
  let parsed: { rv?: unknown; start?: unknown };
  try {
    parsed = JSON.parse(Buffer.from(token, "base64url").toString());
  } catch {
    throw badRequest("invalid continue token: continue key is not valid: invalid character");
  }
  const { rv, start } = parsed;
  if (typeof rv !== "number" || typeof start !== "string") {
    throw badRequest("invalid continue token: continue key is not valid: incorrect encoded start resourceVersion");
  }
  return { rv, start };
}

/** A 410 that offers to go on in the present. */
class ForgottenPage extends ApiError {
  readonly #start: string;

  constructor(start: string) {
    super(
      { code: 410, reason: "Expired" },
      "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.",
    );
    this.#start = start;
  }

  override get body(): JsonObject {
    return { ...super.body, metadata: { continue: tokenOf({ rv: -1, start: this.#start }) } };
  }
}

function tooLarge(asked: string, current: number): ApiError {
  const causes = [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }];
  return new ApiError(
    { code: 504, reason: "Timeout" },
    `Timeout: Too large resource version: ${asked}, current: ${current}`,
    { causes, retryAfterSeconds: 1 },
  );
}

function wholeNumber(text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
}
