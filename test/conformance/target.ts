import { once } from "node:events";
import * as http from "node:http";
import * as https from "node:https";
import { createInterface } from "node:readline";
import { parse } from "yaml";
import * as z from "zod";
import type { Json, Request } from "./case.ts";

/** What a server said. A body of JSON is read, a watch is the list of its events. */
export interface Answer {
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** A server that takes raw requests. */
export interface Target {
  /** @param events ends a watch after so many */
  send(request: Request, events?: number): Promise<Answer>;
  close(): void;
}

/** Where a server is, and how to be let in. */
export interface Server {
  readonly url: string;
  readonly credentials: Credentials;
}

interface Credentials {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

/** A hanging watch is a failure that says so. */
const patience = 20_000;

export function httpTarget(url: string, credentials: Credentials = {}): Target {
  const isSecure = url.startsWith("https:");
  const pool = { keepAlive: true, ...credentials };
  const agent = isSecure ? new https.Agent(pool) : new http.Agent(pool);
  const send = async (request: Request, events?: number): Promise<Answer> => {
    const { method, path, body, accept = "application/json" } = request;
    const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
    const headers: Record<string, string | number> = { accept, "user-agent": `${request.agent ?? "conformance"}/1` };
    if (text !== "") headers["content-type"] = request.type ?? "application/json";
    if (text !== "") headers["content-length"] = Buffer.byteLength(text);
    const open = isSecure ? https.request : http.request;
    const signal = AbortSignal.timeout(patience);
    const sent = open(new URL(path, url), { method, agent, headers, signal });
    sent.end(text);
    const [response]: http.IncomingMessage[] = await once(sent, "response");
    if (response === undefined) throw new Error(`${method} ${path} has no answer`);
    return {
      code: response.statusCode ?? 0,
      headers: kept(response.headers),
      body: events === undefined ? await bodyOf(response) : await eventsOf(response, events),
    };
  };
  return { send, close: () => agent.destroy() };
}

const kubeconfigShape = z.object({
  clusters: z.tuple([
    z.object({ cluster: z.object({ server: z.string(), "certificate-authority-data": z.base64() }) }),
  ]),
  users: z.tuple([
    z.object({ user: z.object({ "client-certificate-data": z.base64(), "client-key-data": z.base64() }) }),
  ]),
});

/** The server that a kubeconfig with one cluster and one client certificate names. */
export function kubeconfigTarget(text: string): Target {
  const { url, credentials } = kubeconfigServer(text);
  return httpTarget(url, credentials);
}

/** The same, to be asked by other means. */
export function kubeconfigServer(text: string): Server {
  const { clusters, users } = kubeconfigShape.parse(parse(text));
  const [{ cluster }] = clusters;
  const [{ user }] = users;
  const decoded = (data: string): Buffer => Buffer.from(data, "base64");
  const credentials = {
    ca: decoded(cluster["certificate-authority-data"]),
    cert: decoded(user["client-certificate-data"]),
    key: decoded(user["client-key-data"]),
  };
  return { url: cluster.server, credentials };
}

function kept(headers: http.IncomingHttpHeaders): Record<string, string> {
  const wanted = ["content-type", "warning", "retry-after", "allow"];
  return Object.fromEntries(
    wanted.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  );
}

async function bodyOf(response: http.IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString("utf8");
  if (text === "" || !String(response.headers["content-type"]).startsWith("application/json")) return text;
  const lines = text.trimEnd().split("\n");
  // A watch that the server ends is a document a line.
  return lines.length > 1 && text.startsWith('{"type":') ? lines.map((line) => json(line)) : json(text);
}

async function eventsOf(response: http.IncomingMessage, count: number): Promise<Json> {
  if (response.statusCode !== 200) return bodyOf(response);
  const events: Json[] = [];
  for await (const line of createInterface({ input: response })) {
    events.push(json(line));
    if (events.length >= count) break;
  }
  response.destroy();
  return events;
}

function json(text: string): Json {
  const parsed: Json = JSON.parse(text);
  return parsed;
}
