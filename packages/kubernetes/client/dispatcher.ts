import { Agent, type Dispatcher, ProxyAgent } from "undici";
import type { Certificate, Cluster } from "./access.ts";
import type { Limits } from "./limits.ts";

/** Connections to one API server. They are shared by all requests; another client certificate needs other ones. */
export interface Connections {
  dispatcher(certificate: Certificate | undefined): Dispatcher;
  close(): Promise<void>;
}

/** @param proxy where to connect through, if not directly */
export function createConnections(cluster: Cluster, proxy: URL | undefined, limits: Limits): Connections {
  let open: { certificate: Certificate | undefined; dispatcher: Dispatcher } | undefined;
  return {
    dispatcher(certificate) {
      if (open === undefined || open.certificate?.cert !== certificate?.cert) {
        const before = open?.dispatcher;
        open = { certificate, dispatcher: createDispatcher(cluster, { proxy, certificate, limits }) };
        before?.close().catch(() => undefined);
      }
      return open.dispatcher;
    },
    async close() {
      const before = open?.dispatcher;
      open = undefined;
      await before?.destroy();
    },
  };
}

interface DispatcherOptions {
  proxy: URL | undefined;
  certificate: Certificate | undefined;
  limits: Limits;
}

function createDispatcher(cluster: Cluster, { proxy, certificate, limits }: DispatcherOptions): Dispatcher {
  const tls = {
    ...(cluster.ca === undefined ? {} : { ca: cluster.ca }),
    ...(cluster.tlsServerName === undefined ? {} : { servername: cluster.tlsServerName }),
    ...certificate,
    rejectUnauthorized: !cluster.skipTlsVerify,
    timeout: limits.connect,
    allowH2: false,
  };
  // HTTP/1.1: what failed, and whether anything had been sent, is known per request and not per connection.
  const common = { allowH2: false, pipelining: 1, headersTimeout: limits.readHeaders, bodyTimeout: limits.idle };
  if (proxy === undefined) return new Agent({ ...common, connect: tls });
  return new ProxyAgent({
    ...common,
    uri: proxy.href,
    requestTls: tls,
    proxyTls: { timeout: limits.connect, allowH2: false },
    proxyTunnel: true,
  });
}
