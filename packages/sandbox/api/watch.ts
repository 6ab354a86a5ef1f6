import type { ServerResponse } from "node:http";
import type { ApiObject } from "../api-object.ts";
import type { JsonObject } from "../json.ts";
import { apiVersionOf } from "../kinds.ts";
import type { Matcher } from "../selectors.ts";
import { expired } from "../status.ts";
import type { Change, Store } from "../store.ts";
import type { Exchange } from "./exchange.ts";
import { matcherOf } from "./reads.ts";
import type { Route } from "./route.ts";

/** How often a quiet watch hears the current resourceVersion, in milliseconds. */
const bookmarkEvery = 5_000;

/**
 * Streams changes, one JSON document a line, until the client goes or `timeoutSeconds` have passed.
 * A resourceVersion that is too old is told in the stream, as the real server does.
 */
export function watchObjects(store: Store, route: Route, exchange: Exchange): void {
  const { query, response } = exchange;
  const matches = inScope(route, matcherOf(query, route.kind.name));
  const since = query.get("resourceVersion") ?? "";
  const past = since === "" || since === "0" ? undefined : store.changesSince(route.kind.name, Number(since));
  response.writeHead(200, { "Content-Type": "application/json", "Transfer-Encoding": "chunked" });
  response.flushHeaders();
  const stream = eventStream(store, route, response);
  if (past === undefined && since !== "" && since !== "0") {
    stream.send("ERROR", expired(Number(since), store.oldest).body);
    response.end();
    return;
  }
  if (past === undefined || query.get("sendInitialEvents") === "true") sendAll(store, route, { matches, stream });
  else for (const change of past) tell(stream, matches, change);
  if (query.get("sendInitialEvents") === "true") stream.bookmark({ "k8s.io/initial-events-end": "true" });
  follow(store, exchange, { kind: route.kind.name, matches, stream });
}

interface EventStream {
  send(type: string, object: JsonObject): void;
  bookmark(annotations?: JsonObject): void;
}

function eventStream(store: Store, { kind }: Route, response: ServerResponse): EventStream {
  const send = (type: string, object: JsonObject): void => {
    if (!response.writableEnded && !response.destroyed) response.write(`${JSON.stringify({ type, object })}\n`);
  };
  const bookmark = (annotations?: JsonObject): void => {
    const metadata = { resourceVersion: String(store.resourceVersion), creationTimestamp: null, annotations };
    send("BOOKMARK", { kind: kind.name, apiVersion: apiVersionOf(kind), metadata });
  };
  return { send, bookmark };
}

function follow(
  store: Store,
  { query, response }: Exchange,
  { kind, matches, stream }: { kind: string; matches: Matcher; stream: EventStream },
): void {
  const unsubscribe = store.subscribe((change) => {
    if (change.kind === kind) tell(stream, matches, change);
  });
  const marks = query.get("allowWatchBookmarks") === "true";
  const bookmarks = marks ? setInterval(() => stream.bookmark(), bookmarkEvery) : undefined;
  const seconds = Number(query.get("timeoutSeconds") ?? 0);
  const end = (): void => {
    if (marks) stream.bookmark();
    response.end();
  };
  const timeout = seconds > 0 ? setTimeout(end, seconds * 1_000) : undefined;
  response.on("close", () => {
    unsubscribe();
    clearInterval(bookmarks);
    clearTimeout(timeout);
  });
}

function sendAll(
  store: Store,
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
