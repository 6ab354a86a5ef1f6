import type { Clock } from "@cutover/release";
import type { Credential, Credentials } from "./credentials.ts";
import { abortError, outcomeError } from "./outcome-error.ts";
import { patienceWith, waitBeforeRetry } from "./retry.ts";
import { createSeen } from "./seen.ts";
import { type Deed, isServersOwn, isUnreached, isUnserved } from "./status.ts";
import type { Headers, Outcome, Stream, Transport, WireRequest } from "./transport.ts";

export interface ApiRequest extends WireRequest, Deed {
  /** A read, or a write that stores nothing: asking twice can do no harm. */
  repeatable: boolean;
  /** The body is text and not JSON. */
  isText?: boolean;
  /** Every status is an answer: the API server only passes on what another says. Its own failures are not. */
  anyStatus?: boolean;
  /** Gets the text of each `Warning` header of its answer. */
  onWarning?: ((text: string) => void) | undefined;
}

export interface Answer {
  status: number;
  text: string;
  /** The body parsed; `undefined` where it is text. */
  json: unknown;
}

/** Asks the API server. Credentials, retries and errors are dealt with. */
export interface Caller {
  call(request: ApiRequest): Promise<Answer>;
  /** Without a second try, as the body goes on and on. */
  stream(request: ApiRequest): Promise<AsyncIterable<Uint8Array>>;
}

export interface CallerOptions {
  /** For messages. */
  server: string;
  transport: Transport;
  credentials: Credentials;
  clock: Clock;
  /** Milliseconds for which a request to a server that has answered is tried again; 60 s if not given. */
  patience?: number | undefined;
  /** Aborts when no request may go on; its reason is what those say that do. */
  ending?: AbortSignal | undefined;
  /** Gets the text of every `Warning` header. */
  onWarning(text: string): void;
}

export function createCaller(options: CallerOptions): Caller {
  const { clock, transport, credentials, server, patience: known = patienceWith.known } = options;
  const seen = createSeen();
  const bounded = boundedBy(options.ending);
  let isKnown = false;
  return {
    async call(asked) {
      const request = bounded(asked);
      const started = clock.now();
      const isOld = seen.from(request);
      for (let tries = 0; ; tries += 1) {
        throwIfAborted(request);
        const outcome = believed(
          await authorized(credentials, (credential) => transport.send(request, credential)),
          request.anyStatus !== true && seen.serves(request),
        );
        isKnown ||= outcome.kind === "answer";
        const answer = readOutcome(outcome, request, isOld);
        if ("json" in answer) {
          seen.note(request, answer.json);
          for (const text of outcome.kind === "answer" ? warnings(outcome.headers) : []) {
            options.onWarning(text);
            request.onWarning?.(text);
          }
          return answer;
        }
        const elapsed = clock.now() - started;
        const patience = isKnown ? known : patienceWith.stranger;
        const made = { outcome: answer, repeatable: request.repeatable, tries, elapsed, patience, date: clock.date() };
        const wait = request.signal?.aborted === true ? undefined : waitBeforeRetry(made);
        if (wait === undefined) return lastWord(answer, request, server);
        await clock.sleep(wait, request.signal);
      }
    },
    async stream(asked) {
      const request = bounded(asked);
      throwIfAborted(request);
      const answer = await authorized(credentials, (credential) => transport.open(request, credential));
      if (answer.kind !== "stream") throw outcomeError(believed(answer, seen.serves(request)), request, server);
      isKnown = true;
      return answer.body;
    },
  };
}

/** Joins each signal with the end of all only once, as a signal of several is dear and most requests bring the same ones. */
function boundedBy(ending: AbortSignal | undefined): (request: ApiRequest) => ApiRequest {
  if (ending === undefined) return (request) => request;
  const known = new WeakMap<AbortSignal, AbortSignal>();
  const joined = (signal: AbortSignal): AbortSignal => {
    const either = known.get(signal) ?? AbortSignal.any([signal, ending]);
    known.set(signal, either);
    return either;
  };
  return (request) => ({ ...request, signal: request.signal === undefined ? ending : joined(request.signal) });
}

/** Tries once more with a new credential after a 401, which comes before anything is done. */
async function authorized<T extends Outcome | Stream>(
  credentials: Credentials,
  send: (credential: Credential) => Promise<T>,
): Promise<T> {
  const credential = await credentials.current();
  const answer = await send(credential);
  if (!("status" in answer) || answer.status !== 401 || !(await credentials.renew(credential))) return answer;
  return send(await credentials.current());
}

/** A server that has served an API serves it: who says otherwise, as one that is only just starting does, has not answered. */
function believed(outcome: Outcome, isServed: boolean): Outcome {
  if (!isServed || outcome.kind !== "answer" || !isUnserved(outcome)) return outcome;
  return { kind: "lost", cause: new Error("it knows no such path, though it did before") };
}

/** What was asked for, or why it is not there. A good status with half a body is a lost answer. */
function readOutcome(outcome: Outcome, request: ApiRequest, isOld: (json: unknown) => boolean): Answer | Outcome {
  if (outcome.kind !== "answer") return outcome;
  const { status, text } = outcome;
  const isRedirect = status >= 300 && status < 400;
  if (request.anyStatus === true && !isRedirect && status !== 429 && !isServersOwn(outcome))
    return { status, text, json: undefined };
  if (status < 200 || status >= 300) return outcome;
  if (request.isText === true) return { status, text, json: undefined };
  if (!isJson(outcome.headers)) return outcome;
  try {
    const json: unknown = JSON.parse(text);
    return isOld(json)
      ? { kind: "lost", cause: new Error("it shows an older state than before") }
      : { status, text, json };
  } catch (error) {
    return {
      kind: "lost",
      cause: new Error(`the answer is no whole JSON (${text.length} characters)`, { cause: error }),
    };
  }
}

/** What is left when no other try may mend it. That a pod cannot be reached says something of the pod. */
function lastWord(outcome: Outcome, request: ApiRequest, server: string): Answer {
  if (request.anyStatus === true && outcome.kind === "answer" && isUnreached(outcome.text))
    return { status: outcome.status, text: outcome.text, json: undefined };
  throw outcomeError(outcome, request, server);
}

function isJson(headers: Headers): boolean {
  const type = headers["content-type"];
  return typeof type !== "string" || type.includes("json");
}

/** Texts of `Warning: 299 - "text"` headers (RFC 7234, 5.5), which several may share. */
function warnings(headers: Headers): readonly string[] {
  const value = headers.warning;
  const all = typeof value === "string" ? [value] : (value ?? []);
  return all.flatMap((one) =>
    [...one.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => (match[1] ?? "").replace(/\\(.)/g, "$1")),
  );
}

function throwIfAborted(request: ApiRequest): void {
  if (request.signal?.aborted === true) throw abortError(request.signal, request);
}
