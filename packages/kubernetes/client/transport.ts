import type { Clock } from "@cutover/release";
import type { Dispatcher } from "undici";
import type { Cluster } from "./access.ts";
import type { Credential } from "./credentials.ts";
import type { Connections } from "./dispatcher.ts";
import type { Limits } from "./limits.ts";
import { type Patience, startPatience } from "./patience.ts";
import { Body, wholeAnswer } from "./whole-answer.ts";

export interface WireRequest {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path with query, under the server's own path. */
  path: string;
  /** JSON text. */
  body?: string;
  contentType?: string;
  accept?: string;
  signal?: AbortSignal | undefined;
  /** Bytes after which the body is cut; without it, a body that is too long is an error. */
  cutAt?: number;
}

/** What one try came to. Nothing here throws: whether something may have happened on the server decides what may be done next. */
export type Outcome =
  | { kind: "answer"; status: number; headers: Headers; text: string }
  /** No connection came about, so nothing happened; `hopeless` if trying again cannot help (certificates, names). */
  | { kind: "unsent"; cause: Error; hopeless: boolean }
  /** The request was sent, and its answer never came or came in part. */
  | { kind: "lost"; cause: Error };

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** An answer with status 200 whose body goes on and on. */
export interface Stream {
  kind: "stream";
  status: 200;
  headers: Headers;
  body: AsyncIterable<Uint8Array>;
}

export interface Transport {
  /** One try, its answer read whole. */
  send(request: WireRequest, credential: Credential): Promise<Outcome>;
  /** One try whose body is read by the caller, if the status is 200. */
  open(request: WireRequest, credential: Credential): Promise<Stream | Outcome>;
}

export interface TransportOptions {
  cluster: Cluster;
  connections: Connections;
  limits: Limits;
  clock: Clock;
}

export function createTransport({ cluster, connections, limits, clock }: TransportOptions): Transport {
  const base = cluster.server.pathname.replace(/\/+$/, "");
  const asked = (request: WireRequest, credential: Credential): Dispatcher.DispatchOptions => ({
    origin: cluster.server.origin,
    path: base + request.path,
    method: request.method,
    headers: headersOf(request, credential),
    body: request.body ?? null,
  });
  const termsOf = ({ method }: WireRequest) => ({
    first: method === "GET" ? limits.readHeaders : limits.writeHeaders,
  });
  return {
    async send(request, credential) {
      const { signal, cutAt } = request;
      const terms = { ...limits, ...termsOf(request) };
      const patience = (giveUp: (why: Error) => void) => startPatience(clock, terms, giveUp);
      try {
        const dispatcher = connections.dispatcher(credential.certificate);
        const answer = await wholeAnswer(dispatcher, asked(request, credential), { signal, cutAt, patience });
        return { kind: "answer", ...answer };
      } catch (error) {
        return failure(error);
      }
    },
    async open(request, credential) {
      const late = new AbortController();
      const terms = { idle: limits.watchIdle, ...termsOf(request) };
      const patience = startPatience(clock, terms, (why) => late.abort(why));
      const signal = request.signal === undefined ? late.signal : AbortSignal.any([request.signal, late.signal]);
      try {
        const dispatcher = connections.streams(credential.certificate);
        const answer = await dispatcher.request({ ...asked(request, credential), signal });
        const { statusCode: status, headers, body } = answer;
        const chunks = heard(body, patience, late.signal);
        if (status === 200) return { kind: "stream", status, headers, body: chunks };
        return { kind: "answer", status, headers, text: await beginningOf(chunks) };
      } catch (error) {
        patience.end();
        return failure(late.signal.aborted ? late.signal.reason : error);
      }
    },
  };
}

/** The chunks of a body, for as long as patience lasts. */
async function* heard(
  body: AsyncIterable<Uint8Array>,
  patience: Patience,
  late: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    patience.heard();
    for await (const chunk of body) {
      yield chunk;
      patience.heard();
    }
  } catch (error) {
    throw late.aborted ? late.reason : error;
  } finally {
    patience.end();
  }
}

function headersOf(request: WireRequest, credential: Credential): Record<string, string | string[]> {
  return {
    ...credential.headers,
    accept: request.accept ?? "application/json",
    "user-agent": "cutover",
    ...(request.contentType === undefined ? {} : { "content-type": request.contentType }),
  };
}

/** Of a refusal: so many bytes tell why. */
async function beginningOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const body = new Body(64 * 1024);
  for await (const chunk of chunks) {
    if (body.fill(chunk)) break;
  }
  return body.text();
}

/** Codes of errors that come before a connection is there: nothing was sent. */
const beforeSending = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);
const badCertificate =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|UND_ERR_PRX_TLS)/;

/** Sorts an error of undici or the operating system. A request that undici refuses to send is a bug of ours and is thrown on. */
function failure(error: unknown): Exclude<Outcome, { kind: "answer" }> {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  if (code === "UND_ERR_INVALID_ARG") throw cause;
  if (beforeSending.has(code)) return { kind: "unsent", cause, hopeless: code === "ENOTFOUND" };
  if (badCertificate.test(code)) return { kind: "unsent", cause, hopeless: true };
  if (/when HTTP Tunneling|^Proxy /.test(cause.message)) return { kind: "unsent", cause, hopeless: true };
  return { kind: "lost", cause };
}
