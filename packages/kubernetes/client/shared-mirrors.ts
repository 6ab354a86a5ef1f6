import type { Clock } from "@cutover/release";
import type { Client } from "./client.ts";
import type { Matches } from "./held-items.ts";
import { type Mirror, openMirror, type View } from "./mirror.ts";
import type { Collection, ResourceList } from "./model.ts";
import { abortError } from "./outcome-error.ts";
import { keyOf } from "./shared-lists.ts";

/** Milliseconds for which a mirror that nobody looks at stays open: the next step often wants the same. */
const lingering = 5_000;

export interface LookOptions {
  /** What of the collection is looked at; all of it if not given. */
  matches?: Matches;
  /** Whether a mirror that is open already will do as it is; else nothing older than the call, or than `known`, is shown. */
  lately?: boolean;
  /** A list of the collection, which saves another one. */
  known?: ResourceList | undefined;
  /** Ends the wait for the first look, and closes the view. */
  signal?: AbortSignal;
}

interface Shared {
  mirror: Promise<Mirror>;
  viewers: number;
  /** Aborts when somebody looks again. */
  wanted: AbortController;
}

/** Mirrors by their collections: all who look at the same share one list and one watch. */
export class SharedMirrors {
  readonly #client: Pick<Client, "list" | "watch">;
  readonly #clock: Clock;
  readonly #open = new Map<string, Shared>();
  readonly #closing = new AbortController();

  constructor(client: Pick<Client, "list" | "watch">, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  async look(collection: Collection, options: LookOptions = {}): Promise<View> {
    const { matches = () => true, lately = false, known, signal } = options;
    const open = this.#open.get(keyOf(collection));
    const shared = open ?? this.#begin(collection, known);
    shared.viewers += 1;
    shared.wanted.abort("wanted");
    try {
      const until = { collection, signal };
      const mirror = await unlessAborted(shared.mirror, until);
      if (open !== undefined && !lately)
        mirror.learn(known ?? (await unlessAborted(this.#client.list(collection), until)));
      const view = mirror.view(matches);
      const close = once(() => {
        // A signal of several keeps whoever listens to it for as long as it may abort.
        signal?.removeEventListener("abort", close);
        view.close();
        void this.#leave(collection, shared);
      });
      signal?.addEventListener("abort", close, { once: true });
      return { ...view, close };
    } catch (error) {
      void this.#leave(collection, shared);
      throw error;
    }
  }

  close(): void {
    this.#closing.abort("closed");
  }

  #begin(collection: Collection, known: ResourceList | undefined): Shared {
    const [clock, signal] = [this.#clock, this.#closing.signal];
    // Without a signal of its own its list is one that others share, too.
    const client = { watch: this.#client.watch, list: () => this.#client.list(collection) };
    const mirror = openMirror(client, collection, { clock, known, signal });
    const shared = { mirror, viewers: 0, wanted: new AbortController() };
    this.#open.set(keyOf(collection), shared);
    const forget = () => this.#forget(collection, shared);
    mirror.then(({ over }) => over.then(forget), forget);
    return shared;
  }

  #forget(collection: Collection, shared: Shared): void {
    if (this.#open.get(keyOf(collection)) === shared) this.#open.delete(keyOf(collection));
  }

  async #leave(collection: Collection, shared: Shared): Promise<void> {
    shared.viewers -= 1;
    if (shared.viewers > 0) return;
    shared.wanted = new AbortController();
    await this.#clock.sleep(lingering, AbortSignal.any([shared.wanted.signal, this.#closing.signal]));
    if (shared.viewers > 0) return;
    this.#forget(collection, shared);
    const mirror = await shared.mirror.catch(() => undefined);
    mirror?.close();
  }
}

/** What comes of `work`, which goes on for others where the signal aborts. */
async function unlessAborted<T>(
  work: Promise<T>,
  { collection, signal }: { collection: Collection; signal: AbortSignal | undefined },
): Promise<T> {
  if (signal === undefined) return await work;
  const aborted = Promise.withResolvers<never>();
  const abort = () =>
    aborted.reject(abortError(signal, { verb: "list", subject: `objects of kind ${collection.kind}` }));
  work.catch(() => undefined);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    act();
  };
}
