import type { IncomingMessage, ServerResponse } from "node:http";
import type { Through } from "../faults/fault.ts";
import type { Faults } from "../faults/faults.ts";
import type { View } from "../faults/view.ts";
import type { Kubelet } from "../pods/kubelet.ts";
import type { Registry } from "../registry.ts";
import { ApiError, badRequest, methodNotAllowed, notFound, pageNotFound } from "../status.ts";
import { type AccessRule, denial, isAllowed } from "./access.ts";
import { deleteCollection, deleteObject } from "./deletes.ts";
import { discovery, isServedBelow } from "./discovery.ts";
import type { Doors } from "./doors.ts";
import { answerEviction } from "./eviction.ts";
import { type Answer, type Exchange, objectBodyOf, openExchange, send, withBody } from "./exchange.ts";
import { metrics } from "./metrics.ts";
import { openApi } from "./open-api.ts";
import { answerLog } from "./pod-log.ts";
import { answerProxy, targetOf as proxyTarget } from "./proxy.ts";
import { getObject, listObjects } from "./reads.ts";
import { representationOf, represented } from "./representation.ts";
import type { LoggedRequest, RequestLog } from "./request-log.ts";
import { isReview, review } from "./reviews.ts";
import { type Route, routeOf, verbOf } from "./route.ts";
import { answerScale } from "./scale.ts";
import { watchObjects } from "./watch.ts";
import { createObject, patchObject, replaceObject } from "./writes.ts";

/** What the HTTP side needs of the sandbox. */
export interface Backend {
  readonly registry: Registry;
  readonly kubelet: Kubelet;
  readonly faults: Faults;
  /** What outages close. */
  doors(): Doors;
  /** Where reads look, if not at the present. */
  readonly view?: View | undefined;
  readonly log: RequestLog;
  /** The one that is being carried out. */
  serving: LoggedRequest | undefined;
  readonly user: string;
  rules(): readonly AccessRule[];
}

/** Answers one HTTP request. */
export async function serve(backend: Backend, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const head = openExchange(request, response);
  const route = routeOf(head.path);
  const isWatch = head.query.get("watch") === "true" || head.query.get("watch") === "1";
  const verb = route === undefined ? head.method.toLowerCase() : verbOf(head.method, route, isWatch);
  const entry = (exchange: Exchange) => backend.log.entry({ verb, route, exchange, at: backend.registry.clock.now() });
  const isEarly = backend.faults.isEarly(entry(head));
  const exchange = isEarly ? head : await withBody(head);
  const logging = entry(exchange);
  backend.log.add(logging);
  response.setHeader("Audit-Id", `00000000-0000-4000-8000-${String(logging.number).padStart(12, "0")}`);
  const carryOut = async ({ view, tap }: Through = {}): Promise<Answer | undefined> => {
    backend.serving = logging;
    const answer = outcome(() => answerOf({ ...backend, view }, { ...exchange, tap }, { route, verb }));
    backend.serving = undefined;
    return answer;
  };
  const { registry } = backend;
  const delivery = { request: logging, exchange, route, registry, doors: backend.doors(), carryOut };
  const reply = await backend.faults.strike(delivery, isEarly);
  if (reply !== undefined) send(exchange, reply);
}

/** The answer, or the refusal as one; `undefined` where the answer is streamed. */
function outcome(act: () => Answer | undefined): Answer | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof ApiError) return refusal(error);
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return refusal(new ApiError({ code: 500, reason: "InternalError" }, `Internal error occurred: ${text}`));
  }
}

function refusal(error: ApiError): Answer {
  const seconds = error.details?.retryAfterSeconds;
  const headers = seconds === undefined ? {} : { "Retry-After": String(seconds) };
  return { code: error.code, body: error.body, headers };
}

function answerOf(
  backend: Backend,
  exchange: Exchange,
  { route, verb }: { route: Route | undefined; verb: string },
): Answer | undefined {
  const found = exchange.method === "GET" ? (discovery(exchange.path) ?? openApi(exchange.path)) : undefined;
  if (found !== undefined) return { code: 200, body: found };
  if (["/healthz", "/livez", "/readyz"].includes(exchange.path)) return { code: 200, body: "ok" };
  if (exchange.path === "/metrics") return { code: 200, body: metrics(backend.log.entries) };
  if (exchange.method === "POST" && isReview(exchange.path)) {
    const { user, registry } = backend;
    const subject = { user, rules: backend.rules(), timestamp: registry.timestamp };
    return { code: 201, body: review(exchange.path, objectBodyOf(exchange), subject) ?? {} };
  }
  if (route === undefined && !isServedBelow(exchange.path)) return { code: 404, body: "404 page not found\n" };
  if (route === undefined) throw pageNotFound();
  checkAccess(backend, route, verb);
  if (route.subresource !== "" && route.subresource !== "status") return subresource(backend, route, exchange);
  const wanted = representationOf(exchange);
  const answer = route.name === "" ? ofCollection(backend, route, exchange) : ofObject(backend, route, exchange);
  return answer && represented(answer, wanted, { kind: route.kind, now: backend.registry.clock.date() });
}

/** @throws ApiError 403 */
export function checkAccess(backend: Backend, route: Route, verb: string): void {
  const { kind, subresource: below } = route;
  // A Namespace counts as being in itself, so that a Role in it can give the right to read it.
  const namespace = kind.plural === "namespaces" ? route.name || undefined : route.namespace;
  const resource = below === "" ? kind.plural : `${kind.plural}/${below}`;
  const attempt = { verb, group: kind.group, resource, namespace, name: proxyTarget(route.name).name };
  if (!isAllowed(backend.rules(), attempt)) throw denial(backend.user, kind, attempt);
}

function ofCollection({ registry, view }: Backend, route: Route, exchange: Exchange): Answer | undefined {
  const { method, query } = exchange;
  if (method === "POST" && (route.namespace !== undefined || !route.kind.namespaced)) {
    return createObject(registry, route, exchange);
  }
  if (method === "DELETE") {
    return deleteCollection(registry, route, exchange);
  }
  if (method !== "GET") throw methodNotAllowed();
  if (query.get("watch") !== "true" && query.get("watch") !== "1") {
    return { code: 200, body: listObjects(view ?? registry.store, route, exchange) };
  }
  watchObjects({ store: view ?? registry.store, clock: registry.clock }, route, exchange);
  return undefined;
}

function ofObject({ registry, view }: Backend, route: Route, exchange: Exchange): Answer {
  switch (exchange.method) {
    case "GET":
      return { code: 200, body: getObject(view ?? registry.store, route) };
    case "PUT":
      return replaceObject(registry, route, exchange);
    case "PATCH":
      return patchObject(registry, route, exchange);
    case "DELETE":
      return deleteObject(registry, route, exchange);
    default:
      throw methodNotAllowed();
  }
}

function subresource({ registry, kubelet }: Backend, route: Route, exchange: Exchange): Answer | undefined {
  switch (route.subresource) {
    case "eviction":
      if (exchange.method !== "POST") throw methodNotAllowed();
      return answerEviction(registry, route, exchange);
    case "scale":
      return answerScale(registry, route, exchange);
    case "proxy":
      return answerProxy(registry.store, kubelet, route);
    case "log": {
      const pod = registry.store.get("Pod", route.namespace, route.name);
      if (pod === undefined) throw notFound(route.kind, route.name);
      return answerLog(registry, { pod, containers: kubelet.run(pod.metadata.uid)?.containers ?? [] }, exchange);
    }
    default:
      throw badRequest("Upgrade request required");
  }
}
