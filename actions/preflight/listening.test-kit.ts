import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** A server on 127.0.0.1 that treats each connection as `visit` says. */
export interface Listening extends AsyncDisposable {
  readonly port: number;
}

export async function listening(visit: (socket: Socket) => void): Promise<Listening> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on("error", () => undefined));
    visit(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server of the network has an address and a port.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
