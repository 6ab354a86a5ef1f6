import { type Clock, isCutoverError } from "@cutover/release";
import type { Client } from "./client.ts";
import { HeldItems, type Matches } from "./held-items.ts";
import type { Collection, Resource, ResourceList } from "./model.ts";

/** Objects as the API server last showed them, kept fresh in the background. */
export interface View {
  items(): readonly Resource[];
  /**
   * Resolves at the next change after this call, and when the mirror is closed.
   * @throws what the server refuses for good, such as `forbidden` once the right to list is taken away.
   */
  changed(): Promise<void>;
  close(): void;
}

/** A whole collection. */
export interface Mirror extends View {
  /** The part of it that matches. */
  view(matches: Matches): View;
  /** A list of the collection that was asked for since; it may be newer than what the mirror shows. */
  learn(list: ResourceList): void;
  /** Resolves when it follows no more. */
  over: Promise<void>;
}

export interface MirrorOptions {
  clock: Clock;
  /** The list to go on from, where there is one. */
  known?: ResourceList | undefined;
  /** Closes the mirror. */
  signal?: AbortSignal;
}

/** Milliseconds between lists where watching is not allowed. */
const pollInterval = 2_000;
const firstWait = 250;
const longestWait = 8_000;

/** Lists `collection` once and then follows it: one watch, or one list every 2 s where watch is forbidden. */
export async function openMirror(
  client: Pick<Client, "list" | "watch">,
  collection: Collection,
  { clock, known, signal }: MirrorOptions,
): Promise<Mirror> {
  const closing = new AbortController();
  const ending = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
  const held = new HeldItems();
  held.replace(known ?? (await client.list(collection, signal === undefined ? {} : { signal })));
  const over = follow({ client, collection, clock, held, ending }).then(
    () => held.end(),
    (error: unknown) => held.end(error),
  );
  return {
    ...viewOf(held, () => true),
    close: () => closing.abort("closed"),
    view: (matches) => viewOf(held, matches),
    learn: (list) => held.learn(list),
    over,
  };
}

function viewOf(held: HeldItems, matches: Matches): View {
  const view = held.view(matches);
  return { items: () => view.items, changed: () => view.changed, close: () => view.close() };
}

interface Following {
  client: Pick<Client, "list" | "watch">;
  collection: Collection;
  clock: Clock;
  held: HeldItems;
  ending: AbortSignal;
}

async function follow(following: Following): Promise<void> {
  const { clock, ending } = following;
  let wait = firstWait;
  while (!ending.aborted) {
    const ended = await watchOnce(following);
    if (ended === "forbidden") return poll(following);
    if (ended === "told") continue;
    await clock.sleep(wait, ending);
    wait = ended === "broken" ? Math.min(longestWait, wait * 2) : firstWait;
  }
}

/** `told`: it ended well and had something to say, so that the next may follow at once. */
type WatchEnding = "told" | "silent" | "broken" | "forbidden";

async function watchOnce(following: Following): Promise<WatchEnding> {
  const { client, collection, held, ending } = following;
  let ended: WatchEnding = "silent";
  try {
    for await (const event of client.watch(collection, held.resourceVersion, { signal: ending })) {
      held.take(event);
      ended = "told";
    }
    return ended;
  } catch (error) {
    if (ending.aborted) return ended;
    if (isCutoverError(error, "forbidden")) return "forbidden";
    if (isCutoverError(error, "conflict")) return relist(following);
    if (isCutoverError(error, "unavailable", "unreachable")) return "broken";
    throw error;
  }
}

/** The server has forgotten our resourceVersion (410). */
async function relist({ client, collection, held, ending }: Following): Promise<WatchEnding> {
  try {
    held.replace(await client.list(collection, { signal: ending }));
    return "silent";
  } catch (error) {
    if (!ending.aborted && !isCutoverError(error, "unavailable", "unreachable")) throw error;
    return "broken";
  }
}

async function poll(following: Following): Promise<void> {
  const { clock, ending } = following;
  while (!ending.aborted) {
    await clock.sleep(pollInterval, ending);
    if (!ending.aborted) await relist(following);
  }
}
