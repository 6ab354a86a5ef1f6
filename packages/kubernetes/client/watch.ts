import { CutoverError } from "@cutover/release";
import type { Caller } from "./caller.ts";
import type { ReadOptions } from "./client.ts";
import type { Limits } from "./limits.ts";
import type { Collection, WatchEvent } from "./model.ts";
import { withQuery } from "./path.ts";
import type { Places } from "./places.ts";
import { isRecord, isResource } from "./shape.ts";
import { answerError, type Deed, readAnswer } from "./status.ts";

/** The longest line that is waited for: objects are at most 1.5 MiB in etcd. */
const lineLimit = 16 * 1024 * 1024;

/** See `Client.watch`. */
export function createWatch(caller: Caller, places: Places, limits: Limits) {
  return async function* watch(
    collection: Collection,
    resourceVersion: string,
    { signal }: ReadOptions = {},
  ): AsyncGenerator<WatchEvent> {
    const { labelSelector, fieldSelector } = collection;
    const { path, subject } = await places.find(collection, signal);
    const query = {
      watch: "true",
      allowWatchBookmarks: "true",
      resourceVersion,
      labelSelector,
      fieldSelector,
      timeoutSeconds: String(Math.max(1, Math.round((limits.watchIdle * 0.75) / 1_000))),
    };
    const deed = { verb: "watch", subject };
    try {
      const body = await caller.stream({
        method: "GET",
        path: withQuery(path, query),
        ...deed,
        repeatable: true,
        signal,
      });
      for await (const line of lines(body)) yield readEvent(line, deed);
    } catch (error) {
      if (signal?.aborted === true) return;
      throw error instanceof CutoverError ? error : brokenWatch(deed, error);
    }
  };
}

function readEvent(line: string, deed: Deed): WatchEvent {
  const event = parse(line, deed);
  if (!isRecord(event)) throw brokenWatch(deed, new Error("a line is no event"));
  const { type, object } = event;
  if (type === "ERROR")
    throw answerError(
      readAnswer(isRecord(object) && typeof object.code === "number" ? object.code : 500, object),
      deed,
    );
  if (isResource(object)) {
    if (type === "ADDED" || type === "MODIFIED" || type === "DELETED") return { type, object };
    const { resourceVersion } = object.metadata;
    if (type === "BOOKMARK" && resourceVersion !== undefined) return { type, resourceVersion };
  }
  throw brokenWatch(deed, new Error(`unknown event ${String(type)}`));
}

function parse(line: string, deed: Deed): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw brokenWatch(deed, error);
  }
}

/** Lines of a body. Half a line at its end is dropped: the event comes again after the resourceVersion before it. */
async function* lines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const found = rest.split("\n");
    rest = found.pop() ?? "";
    if (rest.length > lineLimit) throw new Error("an event is too long");
    for (const line of found) if (line.trim() !== "") yield line;
  }
}

function brokenWatch({ subject }: Deed, cause: unknown): CutoverError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new CutoverError("unavailable", `The watch of ${subject} broke: ${why}`, {
    hint: "Watch again from the last resourceVersion.",
    cause,
  });
}
