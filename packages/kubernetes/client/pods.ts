import type { Caller } from "./caller.ts";
import type { Client, LogOptions, ProxyAnswer, ReadOptions } from "./client.ts";
import { segment, withQuery } from "./path.ts";
import { answerError, isStatus, readAnswer } from "./status.ts";

/** Bytes of a log or of a proxied answer that are kept. */
const textLimit = 64 * 1024;

export type ProxyTarget = Parameters<Client["proxyGet"]>[0];

/** See `Client.podLog`. */
export async function podLog(
  caller: Caller,
  pod: { namespace: string; name: string },
  options: LogOptions,
): Promise<string> {
  const { container, tailLines, previous, signal } = options;
  const query = {
    container,
    tailLines: String(tailLines),
    previous: previous === true ? "true" : undefined,
    limitBytes: String(textLimit),
  };
  const { text } = await caller.call({
    method: "GET",
    path: withQuery(`/api/v1/namespaces/${segment(pod.namespace)}/pods/${segment(pod.name)}/log`, query),
    accept: "text/plain, application/json",
    verb: "read",
    subject: `the log of container ${container} of Pod ${pod.name} in namespace ${pod.namespace}`,
    repeatable: true,
    isText: true,
    cutAt: textLimit,
    signal,
  });
  return text;
}

/** See `Client.proxyGet`. A refusal of the API server itself is an error, all else is the answer. */
export async function proxyGet(
  caller: Caller,
  target: ProxyTarget,
  { signal }: ReadOptions = {},
): Promise<ProxyAnswer> {
  const { kind, namespace, name, port, path } = target;
  const noun = kind === "pods" ? "Pod" : "Service";
  const deed = { verb: "proxy to", subject: `port ${port} of ${noun} ${name} in namespace ${namespace}` };
  const { status, text } = await caller.call({
    method: "GET",
    path: `/api/v1/namespaces/${segment(namespace)}/${kind}/${segment(`${name}:${port}`)}/proxy${cleaned(path)}`,
    accept: "*/*",
    ...deed,
    repeatable: true,
    anyStatus: true,
    cutAt: textLimit,
    signal,
  });
  const json = [401, 403, 404].includes(status) ? parse(text) : undefined;
  if (isStatus(json)) throw answerError(readAnswer(status, json), deed);
  return { status, body: text };
}

/** `path` as a browser would send it: escaped, and without dots that climb out of the proxy. */
function cleaned(path: string): string {
  const { pathname, search } = new URL(`http://pod/${path.replace(/^\/+/, "")}`);
  return pathname + search;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
