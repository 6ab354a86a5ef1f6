import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Server as NetServer } from "node:net";
import type { TlsOptions } from "node:tls";
import type { Clock, Log, Processes } from "@cutover/release";
import { realClock } from "@cutover/sandbox";
import { type ClientOptions, createClient } from "./create-client.ts";
import type { Resource } from "./model.ts";

export interface SeenRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

export type Reply = (response: ServerResponse, request: SeenRequest) => void;

/** A server for tests that gives these replies in this order, and notes what it was asked. */
export interface ScriptedApi extends AsyncDisposable {
  url: string;
  requests: SeenRequest[];
  /** Connections that were opened. */
  connections(): number;
  server: NetServer;
}

/** @param script replies in order (one more request is answered 418), or one for all */
export async function scriptedApi(script: readonly Reply[] | Reply, tls?: TlsOptions): Promise<ScriptedApi> {
  const requests: SeenRequest[] = [];
  const left = Array.isArray(script) ? [...script] : undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url: path = "", headers } = request;
    const seen = { method, path, headers, body: Buffer.concat(chunks).toString() };
    requests.push(seen);
    const reply = typeof script === "function" ? script : (left?.shift() ?? json({}, 418));
    reply(response, seen);
  };
  const listener = (request: IncomingMessage, response: ServerResponse) =>
    void answer(request, response).catch(() => response.destroy());
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  let connections = 0;
  server.on("connection", () => {
    connections += 1;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${portOf(server)}`,
    requests,
    connections: () => connections,
    server,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function portOf(server: NetServer): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server does not listen");
  return address.port;
}

export function json(body: unknown, status = 200, headers: Record<string, string | string[]> = {}): Reply {
  return (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

/** A refusal of something about an object, as the API server words it. */
export function refusal(code: number, reason: string, headers: Record<string, string> = {}): Reply {
  const status = { kind: "Status", apiVersion: "v1", status: "Failure", message: `${reason} it is`, reason, code };
  return json({ ...status, details: { name: "shop" } }, code, headers);
}

export const reset: Reply = (response) => response.socket?.resetAndDestroy();
/** Never answers. */
export const silence: Reply = () => undefined;
/** Half an answer, and then nothing. */
export const stall: Reply = (response) => {
  response.writeHead(200, { "content-type": "application/json" }).write('{"apiVersion":"v1",');
};
/** Half an answer, and then the connection breaks. */
export const breakOff: Reply = (response) => {
  response
    .writeHead(200, { "content-type": "application/json" })
    .write('{"apiVersion":"v1",', () => response.socket?.resetAndDestroy());
};
/** Half of the JSON in an answer that is whole as HTTP. */
export const truncation: Reply = (response) =>
  response.writeHead(200, { "content-type": "application/json" }).end('{"apiVersion":"v1",');

/** Time that passes only by sleeping, at once. */
export interface InstantClock extends Clock {
  sleeps: number[];
}

export function instantClock(): InstantClock {
  const sleeps: number[] = [];
  let time = 0;
  return {
    sleeps,
    now: () => time,
    date: () => new Date(Date.UTC(2030, 0, 1) + time),
    async sleep(ms) {
      sleeps.push(ms);
      time += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
    // Nothing that is bounded by it ever takes too long.
    schedule: () => () => undefined,
  };
}

export const noProcesses: Processes = {
  run: async () => {
    throw new Error("no process is expected");
  },
};

/** A log that keeps its warnings. */
export function keptWarnings(): Log & { warnings: string[] } {
  const warnings: string[] = [];
  const nothing = () => undefined;
  return {
    warnings,
    info: nothing,
    debug: nothing,
    untrusted: nothing,
    group: (_, body) => body(),
    warning: (text) => warnings.push(text),
  };
}

/** A client of `url` with a token, everything else as `options` say. */
export function testClient(url: string, options: Partial<ClientOptions> = {}) {
  const kubeconfig = kubeconfigOf({ server: url }, { token: "a-token" });
  return createClient({
    kubeconfig,
    env: {},
    clock: instantClock(),
    answerClock: realClock(),
    processes: noProcesses,
    insecure: url.startsWith("http:"),
    ...options,
  });
}

/** The text of a kubeconfig with one cluster, user and context. */
export function kubeconfigOf(cluster: object, user: object, namespace = "prod"): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "main",
    contexts: [{ name: "main", context: { cluster: "one", user: "me", namespace } }],
    clusters: [{ name: "one", cluster }],
    users: [{ name: "me", user }],
  });
}

export const shop = { apiVersion: "v1", kind: "Service", namespace: "prod", name: "shop" };

export function serviceShop(resourceVersion = "7"): Resource {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "shop", namespace: "prod", uid: "u1", resourceVersion },
  };
}
