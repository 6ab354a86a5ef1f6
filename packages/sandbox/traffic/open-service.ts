import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import type { Duplex } from "node:stream";
import { MemorySocket, reset } from "../memory-socket.ts";
import type { ApplicationServer } from "./application-server.ts";
import type { ServiceRouter } from "./service-router.ts";

/** A Service as its clients see it. */
export interface OpenService {
  /** `http://127.0.0.1:port`, if the sandbox listens. */
  readonly url: string;
  /** A connection within this process. */
  connect(): Duplex;
  close(): Promise<void>;
}

export interface DataPlane {
  readonly router: ServiceRouter;
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
 * until either ends; a connection without an endpoint is reset.
 */
export async function openService(plane: DataPlane, { namespace, name, listen }: Opening): Promise<OpenService> {
  const sockets = new Set<Duplex>();
  const accept = (socket: Duplex): void => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    const way = plane.router.next({ namespace, name });
    if (way === undefined) reset(socket);
    else plane.applications.accept(socket, { ...way, isTraffic: true });
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
