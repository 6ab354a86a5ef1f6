import { PassThrough } from "node:stream";
import { CutoverError, isCutoverError } from "@cutover/release";
import { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import type { Exec } from "@kubernetes/client-node/dist/exec.js";
import { WebSocketHandler, type WebSocketInterface } from "@kubernetes/client-node/dist/web-socket-handler.js";
import type { Cluster } from "./access.ts";
import type { Caller } from "./caller.ts";
import type { Credential, Credentials } from "./credentials.ts";
import type { Dial } from "./dispatcher.ts";
import type { Limits } from "./limits.ts";
import { abortError } from "./outcome-error.ts";
import { type Deed, ServerAnswer } from "./status.ts";

/** What client-node's `Exec` and `PortForward` resolve to once the connection is open. */
export type Socket = Awaited<ReturnType<Exec["exec"]>>;

export interface UpgradeOptions {
  cluster: Cluster;
  /** Where to connect through, if not directly. */
  proxy: URL | undefined;
  dial?: Dial | undefined;
  credentials: Credentials;
  caller: Caller;
  limits: Limits;
}

export interface Upgrade extends Deed {
  signal?: AbortSignal | undefined;
  /** Has client-node connect; called again if the first credential was refused. */
  start(kubeconfig: KubeConfig, handler: WebSocketInterface): Promise<Socket>;
}

/**
 * A WebSocket that client-node opened with the cluster, proxy and credentials that all other requests use.
 * @throws what the API server says to the same request without a WebSocket, as a failed handshake tells nothing.
 */
export async function upgrade(wanted: Upgrade, options: UpgradeOptions): Promise<Socket> {
  const credential = await options.credentials.current();
  const first = await handshake(wanted, options, credential);
  if ("socket" in first) return first.socket;
  await explain(first.path, wanted, options.caller);
  const renewed = await options.credentials.current();
  const second = renewed === credential ? first : await handshake(wanted, options, renewed);
  if ("socket" in second) return second.socket;
  const { origin } = options.cluster.server;
  throw new CutoverError("unavailable", `Cannot ${wanted.verb} ${wanted.subject}: no WebSocket to ${origin}`, {
    hint: "Something between this machine and the API server (proxy, load balancer) does not pass WebSockets on.",
    cause: second.cause,
  });
}

/** Resolves once the connection is over, however it ended: after the handshake every error ends in this event. */
export function ending(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState === socket.CLOSED) resolve();
    socket.addEventListener("close", () => resolve());
  });
}

type Handshake = { socket: Socket } | { path: string; cause: unknown };

async function handshake(wanted: Upgrade, options: UpgradeOptions, credential: Credential): Promise<Handshake> {
  const { signal } = wanted;
  throwIfAborted(wanted);
  const kubeconfig = kubeconfigFor(options, credential, signal);
  // Else a server could have it end this process's own stdout.
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const handler = new WebSocketHandler(kubeconfig, undefined, streams);
  let asked = "";
  try {
    const socket = await wanted.start(kubeconfig, {
      connect(path, onText, onData) {
        asked = path;
        return handler.connect(path, onText, onData === null ? null : guarded(onData));
      },
    });
    const end = () => socket.terminate();
    signal?.addEventListener("abort", end, { once: true });
    socket.addEventListener("close", () => signal?.removeEventListener("abort", end));
    return { socket };
  } catch (error) {
    throwIfAborted(wanted);
    // Before there is a request, it is no handshake that failed.
    if (asked === "") throw error;
    return { path: asked, cause: error instanceof Error ? error : Reflect.get(Object(error), "error") };
  }
}

/** A message that client-node cannot read ends the connection; thrown on, it would end the process. */
function guarded(onData: (stream: number, data: Buffer) => boolean): typeof onData {
  return (stream, data) => {
    try {
      return onData(stream, data);
    } catch {
      return false;
    }
  };
}

/** For one handshake, as client-node keeps connections by name and would show an old certificate again. */
function kubeconfigFor(options: UpgradeOptions, credential: Credential, signal: AbortSignal | undefined): KubeConfig {
  const { cluster, proxy, dial, limits } = options;
  const { certificate } = credential;
  const kubeconfig = new KubeConfig();
  connecting(kubeconfig, dial === undefined ? { credential } : { dial, server: cluster.server });
  const name = "cutover";
  kubeconfig.loadFromOptions({
    clusters: [
      {
        name,
        server: cluster.server.href.replace(/\/+$/, ""),
        // client-node refuses http:// without it; whether http:// may be is decided where the client is made.
        skipTLSVerify: cluster.skipTlsVerify || cluster.server.protocol === "http:",
        ...(cluster.ca === undefined ? {} : { caData: base64(cluster.ca) }),
        ...(cluster.tlsServerName === undefined ? {} : { tlsServerName: cluster.tlsServerName }),
        ...(proxy === undefined ? {} : { proxyUrl: proxy.href }),
      },
    ],
    users: [{ name, ...(certificate && { certData: base64(certificate.cert), keyData: base64(certificate.key) }) }],
    contexts: [{ name, cluster: name, user: name }],
    currentContext: name,
  });
  kubeconfig.addAuthenticator({
    isAuthProvider: () => true,
    async applyAuthentication(_, request) {
      Object.assign(request, {
        headers: { ...request.headers, ...credential.headers, "user-agent": "cutover" },
        signal,
        handshakeTimeout: limits.readHeaders,
        // Nothing else bounds the way through an HTTP proxy; a SOCKS proxy's would count on in an open connection.
        ...(proxy?.protocol === "socks5:" ? {} : { timeout: limits.readHeaders }),
        closeTimeout: limits.connect,
        perMessageDeflate: false,
      });
    },
  });
  return kubeconfig;
}

/** Connections of one credential share what TLS has worked out for the first of them. */
const agents = new WeakMap<Credential, unknown>();

/** client-node gives every request an agent of its own making, which would look for the server in the network. */
function connecting(kubeconfig: KubeConfig, how: { credential: Credential } | { dial: Dial; server: URL }): void {
  const apply = kubeconfig.applyToHTTPSOptions.bind(kubeconfig);
  kubeconfig.applyToHTTPSOptions = async (request) => {
    await apply(request);
    if ("dial" in how) {
      Object.assign(request, { agent: undefined, createConnection: () => how.dial(how.server) });
      return;
    }
    const agent = agents.get(how.credential) ?? request.agent;
    agents.set(how.credential, agent);
    Object.assign(request, { agent });
  };
}

/** Asks the same without a WebSocket: the answer says why (403, 404), or only that a WebSocket is wanted. */
async function explain(path: string, { verb, subject, signal }: Upgrade, caller: Caller): Promise<void> {
  try {
    await caller.call({ method: "GET", path, verb, subject, repeatable: false, isText: true, signal });
  } catch (error) {
    const answer = isCutoverError(error) ? error.cause : undefined;
    if (answer instanceof ServerAnswer && answer.status === 400 && /upgrade/i.test(answer.message)) return;
    throw error;
  }
}

function throwIfAborted(wanted: Upgrade): void {
  if (wanted.signal?.aborted === true) throw abortError(wanted.signal, wanted);
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
