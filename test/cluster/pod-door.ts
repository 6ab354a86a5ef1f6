import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { kubectl } from "./kubectl.ts";

/** A door on the node's address that leads pods, and nobody else, to a server of this machine. */
export interface PodDoor extends AsyncDisposable {
  /** `198.18.255.1:40001` */
  readonly address: string;
  /** Connections of pods so far. */
  readonly visits: number;
}

/** @param port of 127.0.0.1; without one whoever comes in is never answered */
export async function openPodDoor(port?: number): Promise<PodDoor> {
  const [item] = JSON.parse(kubectl(["get", "nodes", "--output=json"])).items;
  const node: string = item.status.addresses.find(({ type }: { type: string }) => type === "InternalIP").address;
  const sockets = new Set<Socket>();
  let visits = 0;
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    if (socket.remoteAddress === node) {
      socket.destroy();
      return;
    }
    visits += 1;
    if (port === undefined) return;
    const inner = connect({ host: "127.0.0.1", port }).on("error", () => socket.destroy());
    sockets.add(inner);
    socket.pipe(inner).pipe(socket);
  });
  server.listen(0, node);
  await once(server, "listening");
  const address = server.address();
  return {
    address: `${node}:${typeof address === "object" ? address?.port : 0}`,
    get visits() {
      return visits;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), "close");
    },
  };
}
