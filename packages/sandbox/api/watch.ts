import type { ServerResponse } from "node:http";
import type { ApiObject } from "../api-object.ts";
import type { SandboxClock } from "../clock.ts";
import type { View } from "../faults/view.ts";
import type { WatchOutlet } from "../faults/watch-tap.ts";
import type { JsonObject } from "../json.ts";
import { apiVersionOf } from "../kinds.ts";
import type { Matcher } from "../selectors.ts";
import { ApiError, expired } from "../status.ts";
import type { Change } from "../store.ts";
import type { Exchange } from "./exchange.ts";
import { checkListOptions } from "./options.ts";
import { matcherOf } from "./reads.ts";
import { representationOf, shownEvents } from "./representation.ts";
import type { Route } from "./route.ts";

/** How often a watch hears the current resourceVersion, in milliseconds. */
const bookmarkEvery = 5_000;

/**
 * Streams changes, one JSON document a line, until the client goes or `timeoutSeconds` have passed.
 * A resourceVersion that is too old is told in the stream, as the real server does.
 */
export function watchObjects({ store, clock }: Watched, route: Route, exchange: Exchange): void {
  const { query, response } = exchange;
  checkListOptions(query, true);
  checkVersion(query.get("resourceVersion") ?? "");
  const matches = inScope(route, matcherOf(query, route.kind.name));
  const since = query.get("resourceVersion") ?? "";
  const isAny = since === "" || since === "0";
  const past = isAny ? undefined : store.changesSince(route.kind.name, Number(since));
  response.writeHead(200, { "Content-Type": "application/json", "Transfer-Encoding": "chunked" });
  response.flushHeaders();
  const stream = eventStream({ store, clock }, route, exchange);
  if (past === undefined && !isAny) {
    stream.send("ERROR", expired(Number(since), store.oldest).body);
    response.end();
    return;
  }
  if (past === undefined || query.get("sendInitialEvents") === "true") sendAll(store, route, { matches, stream });
  else for (const change of past) tell(stream, matches, change);
  if (query.get("sendInitialEvents") === "true") stream.bookmark({ "k8s.io/initial-events-end": "true" });
  follow({ store, clock }, exchange, { kind: route.kind.name, matches, stream });
}

/** @throws ApiError 500, as the real server does */
function checkVersion(asked: string): void {
  if (/^\d*$/.test(asked)) return;
  const quoted = JSON.stringify(asked);
  const why = `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`;
  throw new ApiError({ code: 500, reason: "" }, why);
}

interface Watched {
  readonly store: View;
  readonly clock: SandboxClock;
}

interface EventStream {
  /** What the watcher knows already: a replica that is behind does not tell it again. */
  readonly since: number;
  send(type: string, object: JsonObject): void;
  bookmark(annotations?: JsonObject): void;
}

function eventStream({ store, clock }: Watched, { kind }: Route, exchange: Exchange): EventStream {
  const { query, response, tap } = exchange;
  const shown = shownEvents(representationOf(exchange), { kind, now: () => clock.date() });
  const since = Number(query.get("resourceVersion") ?? 0);
  const outlet = outletOf(response);
  tap?.opened?.(outlet);
  const send = (type: string, object: JsonObject): void => {
    const event = { type, object: shown(type, object) };
    if (tap === undefined) outlet.send(event);
    else tap.event(event, outlet);
  };
  const bookmark = (annotations?: JsonObject): void => {
    const resourceVersion = String(Math.max(store.resourceVersion, since));
    const metadata = { resourceVersion, annotations };
    send("BOOKMARK", { kind: kind.name, apiVersion: apiVersionOf(kind), metadata });
  };
  return { since, send, bookmark };
}

function outletOf(response: ServerResponse): WatchOutlet {
  const write = (bytes: string | Uint8Array): void => {
    if (!response.writableEnded && !response.destroyed) response.write(bytes);
  };
  return { write, send: (event) => write(`${JSON.stringify(event)}\n`), end: () => response.end() };
}

function follow(
  { store, clock }: Watched,
  { query, response }: Exchange,
  { kind, matches, stream }: { kind: string; matches: Matcher; stream: EventStream },
): void {
  const unsubscribe = store.subscribe((change) => {
    if (change.kind === kind && change.resourceVersion > stream.since) tell(stream, matches, change);
  });
  const marks = query.get("allowWatchBookmarks") === "true";
  const bookmarks = marks ? repeat(clock, bookmarkEvery, () => stream.bookmark()) : undefined;
  const seconds = Number(query.get("timeoutSeconds") ?? 0);
  const end = (): void => {
    if (marks) stream.bookmark();
    response.end();
  };
  const timeout = seconds > 0 ? clock.schedule(seconds * 1_000, end) : undefined;
  response.on("close", () => {
    unsubscribe();
    bookmarks?.();
    timeout?.();
  });
}

/** Runs a task every `ms`; returns what ends it. */
function repeat(clock: SandboxClock, ms: number, task: () => void): () => void {
  let cancel = (): void => undefined;
  const next = (): void => {
    cancel = clock.schedule(ms, () => {
      task();
      next();
    });
  };
  next();
  return () => cancel();
}

function sendAll(
  store: View,
  { kind, namespace }: Route,
  { matches, stream }: { matches: Matcher; stream: EventStream },
): void {
  for (const object of store.list(kind.name, namespace)) if (matches(object)) stream.send("ADDED", object);
}

/** An object that begins to match is added, one that ceases to match is deleted, for this watcher. */
function tell(stream: EventStream, matches: Matcher, { type, object, previous }: Change): void {
  const did = previous !== undefined && matches(previous);
  const does = type !== "DELETED" && matches(object);
  if (does) stream.send(did ? "MODIFIED" : "ADDED", object);
  else if (did) stream.send("DELETED", withVersion(previous, object));
}

function withVersion(previous: ApiObject, { metadata }: ApiObject): ApiObject {
  return { ...previous, metadata: { ...previous.metadata, resourceVersion: metadata.resourceVersion } };
}

function inScope({ namespace, name }: Route, matches: Matcher): Matcher {
  return (object) =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (name === "" || object.metadata.name === name) &&
    matches(object);
}
