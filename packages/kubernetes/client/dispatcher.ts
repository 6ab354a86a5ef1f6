import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { Agent, type buildConnector, type Dispatcher, ProxyAgent } from "undici";
import type { Certificate, Cluster } from "./access.ts";
import type { Limits } from "./limits.ts";

/** Connections to one API server. They are shared by all requests; another client certificate needs other ones. */
export interface Connections {
  /** For requests that are answered at once: they take turns on a few connections. */
  dispatcher(certificate: Certificate | undefined): Dispatcher;
  /** For answers that go on and on, each on a connection of its own. */
  streams(certificate: Certificate | undefined): Dispatcher;
  close(): Promise<void>;
}

/** Hands out a connection to a server that is reached otherwise than by its address; TLS is then its own affair. */
export type Dial = (server: URL) => Duplex;

/** How to get to the API server. */
export interface Way {
  /** Where to connect through, if not directly. */
  proxy?: URL | undefined;
  dial?: Dial | undefined;
}

export function createConnections(cluster: Cluster, way: Way, limits: Limits): Connections {
  const pool = (connections: number | null) =>
    renewable((certificate) => createDispatcher(cluster, { ...way, certificate, limits, connections }));
  const [requests, streams] = [pool(limits.connections), pool(null)];
  return {
    dispatcher: requests.of,
    streams: streams.of,
    close: async () => {
      await Promise.all([requests.close(), streams.close()]);
    },
  };
}

/** A dispatcher that is made anew for another certificate. */
function renewable(create: (certificate: Certificate | undefined) => Dispatcher) {
  let open: { certificate: Certificate | undefined; dispatcher: Dispatcher } | undefined;
  return {
    of: (certificate: Certificate | undefined): Dispatcher => {
      if (open === undefined || open.certificate?.cert !== certificate?.cert) {
        const before = open?.dispatcher;
        open = { certificate, dispatcher: create(certificate) };
        before?.close().catch(() => undefined);
      }
      return open.dispatcher;
    },
    close: async (): Promise<void> => {
      const before = open?.dispatcher;
      open = undefined;
      await before?.destroy();
    },
  };
}

interface DispatcherOptions extends Way {
  certificate: Certificate | undefined;
  limits: Limits;
  /** At most; `null` for as many as are needed at once. */
  connections: number | null;
}

function createDispatcher(
  cluster: Cluster,
  { proxy, dial, certificate, limits, connections }: DispatcherOptions,
): Dispatcher {
  const tls = {
    ...(cluster.ca === undefined ? {} : { ca: cluster.ca }),
    ...(cluster.tlsServerName === undefined ? {} : { servername: cluster.tlsServerName }),
    ...certificate,
    rejectUnauthorized: !cluster.skipTlsVerify,
    timeout: limits.connect,
    allowH2: false,
  };
  // How long an answer may take is bounded on the client's clock.
  // HTTP/1.1: what failed, and whether anything had been sent, is known per request and not per connection.
  const common = { connections, allowH2: false, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 };
  if (dial !== undefined) return new Agent({ ...common, connect: dialing(dial, cluster.server) });
  if (proxy === undefined) return new Agent({ ...common, connect: tls });
  return new ProxyAgent({
    ...common,
    uri: proxy.href,
    requestTls: tls,
    proxyTls: { timeout: limits.connect, allowH2: false },
    proxyTunnel: true,
  });
}

function dialing(dial: Dial, server: URL): buildConnector.connector {
  return (_, done) => {
    // undici asks of it what every stream has, and takes no answer while it is still asking.
    queueMicrotask(() => {
      try {
        done(null, dial(server) as Socket);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)), null);
      }
    });
  };
}
