import { setImmediate } from "node:timers/promises";
import type { Dispatcher } from "undici";
import { bodyLimit } from "./limits.ts";
import type { Patience } from "./patience.ts";
import type { Headers } from "./transport.ts";

export interface WholeAnswer {
  status: number;
  headers: Headers;
  text: string;
}

export interface Bounds {
  /** Aborts when nobody waits for it any more. */
  signal: AbortSignal | undefined;
  /** Bytes after which the body is cut; without it, a body that is too long is an error. */
  cutAt: number | undefined;
  /** Begins to wait; is given what to call when it is too late. */
  patience(giveUp: (why: Error) => void): Patience;
}

const tooLong = new Error(`the answer is longer than ${bodyLimit / 1024 / 1024} MiB`);

/**
 * Sends one request and reads its answer whole, by undici's own events: a stream for each would cost more than the answer.
 * @throws what undici or the operating system says, or `Bounds.patience`; nothing is sent after that
 */
export async function wholeAnswer(
  dispatcher: Dispatcher,
  asked: Dispatcher.DispatchOptions,
  bounds: Bounds,
): Promise<WholeAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<WholeAnswer>();
  let controller: Dispatcher.DispatchController | undefined;
  let stopped: Error | undefined;
  const stop = (why: Error) => {
    stopped ??= why;
    controller?.abort(stopped);
    reject(stopped);
  };
  const follow = () => stop(new Error("it is not waited for any more", { cause: bounds.signal?.reason }));
  const patience = bounds.patience(stop);
  bounds.signal?.addEventListener("abort", follow);
  if (bounds.signal?.aborted === true) follow();
  const body = new Body(bounds.cutAt ?? bodyLimit);
  let head: Omit<WholeAnswer, "text"> = { status: 0, headers: {} };
  try {
    dispatcher.dispatch(asked, {
      onRequestStart(started) {
        controller = started;
        if (stopped !== undefined) started.abort(stopped);
      },
      onResponseStart(_, status, headers) {
        patience.heard();
        head = { status, headers };
      },
      onResponseData(_, chunk) {
        patience.heard();
        if (stopped !== undefined || !body.fill(chunk)) return;
        if (bounds.cutAt === undefined) return stop(tooLong);
        resolve({ ...head, text: body.text() });
        stop(new Error("the rest is not wanted"));
      },
      onResponseEnd: () => resolve({ ...head, text: body.text() }),
      onResponseError: (_, error) => reject(error),
    });
    const answer = await promise;
    // Only after this turn does undici take the connection for idle; at once, the next request would open another one.
    await setImmediate();
    return answer;
  } finally {
    patience.end();
    bounds.signal?.removeEventListener("abort", follow);
  }
}

/** The bytes of an answer, up to a limit. */
export class Body {
  readonly #limit: number;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether that was all that there is room for. */
  fill(chunk: Uint8Array): boolean {
    this.#chunks.push(chunk);
    this.#size += chunk.byteLength;
    return this.#size >= this.#limit;
  }

  text(): string {
    return Buffer.concat(this.#chunks).subarray(0, this.#limit).toString("utf8");
  }
}
