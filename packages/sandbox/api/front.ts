import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiObject } from "../api-object.ts";
import type { Kubelet } from "../pods/kubelet.ts";
import type { Registry } from "../registry.ts";
import { ApiError, badRequest, methodNotAllowed, notFound, pageNotFound } from "../status.ts";
import { type AccessRule, denial, isAllowed, review } from "./access.ts";
import { discovery, isServedBelow } from "./discovery.ts";
import { type Answer, type Exchange, objectBodyOf, readExchange, send } from "./exchange.ts";
import { type Fault, type Faults, failureOf } from "./faults.ts";
import { openApi } from "./open-api.ts";
import { answerLog } from "./pod-log.ts";
import { answerProxy, targetOf as proxyTarget } from "./proxy.ts";
import { getObject, listObjects, matcherOf } from "./reads.ts";
import { type LoggedRequest, logged } from "./request-log.ts";
import { type Route, routeOf, verbOf } from "./route.ts";
import { answerScale } from "./scale.ts";
import { watchObjects } from "./watch.ts";
import { createObject, deleteCollection, deleteObject, patchObject, replaceObject } from "./writes.ts";

/** What the HTTP side needs of the sandbox. */
export interface Backend {
  readonly registry: Registry;
  readonly kubelet: Kubelet;
  readonly faults: Faults;
  readonly requests: LoggedRequest[];
  readonly user: string;
  rules(): readonly AccessRule[];
}

/** Answers one HTTP request. */
export async function serve(backend: Backend, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const exchange = await readExchange(request, response);
  const route = routeOf(exchange.path);
  const isWatch = exchange.query.get("watch") === "true" || exchange.query.get("watch") === "1";
  const verb = route === undefined ? exchange.method.toLowerCase() : verbOf(exchange.method, route, isWatch);
  backend.requests.push(logged(verb, exchange, backend.registry.clock.now()));
  const fault = backend.faults.take(verb, exchange.path);
  const act = (): Answer | undefined => outcome(() => answerOf(backend, exchange, { route, verb }));
  const reply = fault === undefined ? act() : await faulty(backend, fault, { act, request });
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

async function faulty(
  { registry }: Backend,
  fault: Fault,
  { act, request }: { act: () => Answer | undefined; request: IncomingMessage },
): Promise<Answer | undefined> {
  if (fault.delayMs !== undefined) await registry.clock.sleep(fault.delayMs);
  const fails = fault.reset === true || fault.status !== undefined;
  const real = fault.afterCommit === true || !fails ? act() : undefined;
  if (fault.reset === true) request.socket.resetAndDestroy();
  if (fault.reset === true || !fails) return fault.reset === true ? undefined : real;
  const reply = refusal(failureOf(fault));
  return fault.retryAfter === undefined ? reply : { ...reply, headers: { "Retry-After": fault.retryAfter } };
}

function answerOf(
  backend: Backend,
  exchange: Exchange,
  { route, verb }: { route: Route | undefined; verb: string },
): Answer | undefined {
  const found = exchange.method === "GET" ? (discovery(exchange.path) ?? openApi(exchange.path)) : undefined;
  if (found !== undefined) return { code: 200, body: found };
  if (["/healthz", "/livez", "/readyz"].includes(exchange.path)) return { code: 200, body: "ok" };
  if (exchange.method === "POST" && exchange.path.startsWith("/apis/authorization.k8s.io/")) {
    const reviewed = review(exchange.path, objectBodyOf(exchange), backend.rules());
    if (reviewed !== undefined) return { code: 201, body: reviewed };
  }
  if (route === undefined && !isServedBelow(exchange.path)) return { code: 404, body: "404 page not found\n" };
  if (route === undefined) throw pageNotFound();
  checkAccess(backend, route, verb);
  if (route.subresource !== "" && route.subresource !== "status") return subresource(backend, route, exchange);
  return route.name === "" ? ofCollection(backend, route, exchange) : ofObject(backend.registry, route, exchange);
}

/** @throws ApiError 403 */
export function checkAccess(backend: Backend, route: Route, verb: string): void {
  const { kind, namespace, subresource: below } = route;
  const resource = below === "" ? kind.plural : `${kind.plural}/${below}`;
  const attempt = { verb, group: kind.group, resource, namespace, name: proxyTarget(route.name).name };
  if (!isAllowed(backend.rules(), attempt)) throw denial(backend.user, kind, attempt);
}

function ofCollection({ registry }: Backend, route: Route, exchange: Exchange): Answer | undefined {
  const { method, query } = exchange;
  if (method === "POST" && (route.namespace !== undefined || !route.kind.namespaced)) {
    return createObject(registry, route, exchange);
  }
  if (method === "DELETE") {
    const items = registry.store.list(route.kind.name, route.namespace).filter(matcherOf(query, route.kind.name));
    return deleteCollection(registry, route, items as ApiObject[]);
  }
  if (method !== "GET") throw methodNotAllowed();
  if (query.get("watch") !== "true" && query.get("watch") !== "1") {
    return { code: 200, body: listObjects(registry.store, route, exchange) };
  }
  watchObjects(registry.store, route, exchange);
  return undefined;
}

function ofObject(registry: Registry, route: Route, exchange: Exchange): Answer {
  switch (exchange.method) {
    case "GET":
      return { code: 200, body: getObject(registry.store, route) };
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

function subresource({ registry, kubelet }: Backend, route: Route, exchange: Exchange): Answer {
  switch (route.subresource) {
    case "scale":
      return answerScale(registry, route, exchange);
    case "proxy":
      return answerProxy(registry.store, kubelet, route);
    case "log": {
      const pod = registry.store.get("Pod", route.namespace, route.name);
      if (pod === undefined) throw notFound(route.kind, route.name);
      return answerLog(kubelet, pod, exchange);
    }
    default:
      throw badRequest("Upgrade request required");
  }
}
