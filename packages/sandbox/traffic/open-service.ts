import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import type { Duplex } from "node:stream";
import { MemorySocket, reset } from "../memory-socket.ts";
import type { Kubelet } from "../pods/kubelet.ts";
import type { Store } from "../store.ts";
import type { ApplicationServer } from "./application-server.ts";
import { readyEndpoints, slicesOfService } from "./endpoints.ts";

/** A Service as its clients see it. */
export interface OpenService {
  /** `http://127.0.0.1:port`, if the sandbox listens. */
  readonly url: string;
  /** A connection within this process. */
  connect(): Duplex;
  close(): Promise<void>;
}

export interface DataPlane {
  readonly store: Store;
  readonly kubelet: Kubelet;
  readonly applications: ApplicationServer;
}

/** Which Service, and whether it gets a port of 127.0.0.1. */
interface Opening {
  readonly namespace: string;
  readonly name: string;
  readonly listen: boolean;
}

/**
 * Listens for a Service as a NodePort does: each new connection goes to a ready endpoint, in turn, and stays with its pod
 * until either ends; a connection without an endpoint is reset. Answers are `{version, pod}`.
 */
export async function openService(plane: DataPlane, { namespace, name, listen }: Opening): Promise<OpenService> {
  const sockets = new Set<Duplex>();
  let turn = 0;
  const accept = (socket: Duplex): void => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    connect(plane, socket, { namespace, name, turn: turn++ });
  };
  const port = listen ? await listening(createServer(accept)) : undefined;
  return {
    url: port?.url ?? `http://${name}.${namespace}.invalid`,
    connect: () => {
      const [near, far] = MemorySocket.pair();
      process.nextTick(() => accept(far));
      return near;
    },
    close: async () => {
      const closed = port?.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function listening(server: Server): Promise<{ url: string; close(): Promise<void> }> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A listener on a TCP port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    if (server.listening) await once(server.close(), "close");
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

function connect(
  { store, kubelet, applications }: DataPlane,
  socket: Duplex,
  { namespace, name, turn }: { namespace: string; name: string; turn: number },
): void {
  const slices = slicesOfService(store, namespace, name);
  const endpoints = readyEndpoints(slices);
  const endpoint = endpoints[turn % Math.max(1, endpoints.length)];
  const slice = slices.find(({ endpoints: own }) => endpoint !== undefined && own?.includes(endpoint));
  const port = slice?.ports?.[0]?.port;
  const run = endpoint === undefined ? undefined : kubelet.run(endpoint.targetRef.uid);
  if (port === undefined || run?.listener(port) === undefined) reset(socket);
  else applications.accept(socket, { run, port, isTraffic: true });
}
