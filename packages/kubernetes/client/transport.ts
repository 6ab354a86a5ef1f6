import { setImmediate } from "node:timers/promises";
import type { Clock } from "@cutover/release";
import type { Dispatcher } from "undici";
import type { Cluster } from "./access.ts";
import type { Credential } from "./credentials.ts";
import type { Connections } from "./dispatcher.ts";
import { bodyLimit, type Limits } from "./limits.ts";
import { type Patience, startPatience, type Terms } from "./patience.ts";

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
  const start = (
    dispatcher: Dispatcher,
    request: WireRequest,
    { credential, signal }: { credential: Credential; signal: AbortSignal },
  ): Promise<Dispatcher.ResponseData> =>
    dispatcher.request({
      origin: cluster.server.origin,
      path: base + request.path,
      method: request.method,
      headers: headersOf(request, credential),
      body: request.body ?? null,
      signal,
    });
  const patienceFor = ({ method, signal }: WireRequest, terms: Omit<Terms, "first">) =>
    startPatience(clock, { ...terms, first: method === "GET" ? limits.readHeaders : limits.writeHeaders }, signal);
  return {
    async send(request, credential) {
      const patience = patienceFor(request, limits);
      try {
        const dispatcher = connections.dispatcher(credential.certificate);
        const answer = await start(dispatcher, request, { credential, signal: patience.signal });
        const { statusCode: status, headers, body } = answer;
        return { kind: "answer", status, headers, text: await readText(heard(body, patience), request.cutAt) };
      } catch (error) {
        return failure(patience.lost ?? error);
      } finally {
        patience.end();
      }
    },
    async open(request, credential) {
      const patience = patienceFor(request, { idle: limits.watchIdle });
      try {
        const dispatcher = connections.streams(credential.certificate);
        const answer = await start(dispatcher, request, { credential, signal: patience.signal });
        const { statusCode: status, headers, body } = answer;
        const chunks = heard(body, patience);
        if (status === 200) return { kind: "stream", status, headers, body: chunks };
        return { kind: "answer", status, headers, text: await readText(chunks, errorLimit) };
      } catch (error) {
        patience.end();
        return failure(patience.lost ?? error);
      }
    },
  };
}

/** The chunks of a body, for as long as patience lasts. */
async function* heard(body: AsyncIterable<Uint8Array>, patience: Patience): AsyncGenerator<Uint8Array> {
  try {
    patience.heard();
    for await (const chunk of body) {
      yield chunk;
      patience.heard();
    }
  } catch (error) {
    throw patience.lost ?? error;
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

async function readText(body: AsyncIterable<Uint8Array>, cutAt: number | undefined): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (cutAt !== undefined && size >= cutAt) return Buffer.concat(chunks).subarray(0, cutAt).toString("utf8");
    if (size > bodyLimit) throw new Error(`the answer is longer than ${bodyLimit / 1024 / 1024} MiB`);
  }
  // Only after this turn does undici take the connection for idle; at once, the next request would open another one.
  await setImmediate();
  return Buffer.concat(chunks).toString("utf8");
}

/** Bytes of a refusal that are read. */
const errorLimit = 64 * 1024;

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
