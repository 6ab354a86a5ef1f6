import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { Kubelet } from "../pods/kubelet.ts";
import type { Store } from "../store.ts";
import type { ApplicationServer } from "./application-server.ts";
import { readyEndpoints, slicesOfService } from "./endpoints.ts";

/** A Service as its clients see it. */
export interface OpenService {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  close(): Promise<void>;
}

export interface DataPlane {
  readonly store: Store;
  readonly kubelet: Kubelet;
  readonly applications: ApplicationServer;
}

/**
 * Listens for a Service as a NodePort does: each new connection goes to a ready endpoint, in turn, and stays with its pod
 * until either ends; a connection without an endpoint is reset. Answers are `{version, pod}`.
 */
export async function openService(plane: DataPlane, namespace: string, name: string): Promise<OpenService> {
  const sockets = new Set<Socket>();
  let turn = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    connect(plane, socket, { namespace, name, turn: turn++ });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A listener on a TCP port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

function connect(
  { store, kubelet, applications }: DataPlane,
  socket: Socket,
  { namespace, name, turn }: { namespace: string; name: string; turn: number },
): void {
  const slices = slicesOfService(store, namespace, name);
  const endpoints = readyEndpoints(slices);
  const endpoint = endpoints[turn % Math.max(1, endpoints.length)];
  const slice = slices.find(({ endpoints: own }) => endpoint !== undefined && own?.includes(endpoint));
  const port = slice?.ports?.[0]?.port;
  const run = endpoint === undefined ? undefined : kubelet.run(endpoint.targetRef.uid);
  if (port === undefined || run?.listener(port) === undefined) socket.resetAndDestroy();
  else applications.accept(socket, { run, port, isTraffic: true });
}
