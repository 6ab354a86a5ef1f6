import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import type { Duplex } from "node:stream";
import { certificate, certificateKey } from "../certificate.ts";
import { MemorySocket } from "../memory-socket.ts";

/** The ways in to a sandbox's API. */
export interface Doors {
  readonly url: string;
  readonly plainUrl: string;
  /** One within this process. */
  connect(): Duplex;
  /** Refuses connections, and cuts those that are there. */
  shut(): Promise<void>;
  /** Lets connections in again, at the same addresses. */
  open(): Promise<void>;
  /** Whether TLS handshakes are answered with nonsense. */
  setTlsBroken(isBroken: boolean): void;
  close(): Promise<void>;
}

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Opens them: ports of 127.0.0.1, with TLS and without, only if it is to listen. */
export async function openDoors(handle: RequestListener, upgrade: Upgrade, listen: boolean): Promise<Doors> {
  const front = createServer(handle).on("upgrade", upgrade);
  const within = connections(front);
  let isShut = false;
  const secure = createTlsServer({ cert: certificate, key: certificateKey }, handle).on("upgrade", upgrade);
  const doors = {
    connect: () => {
      if (isShut) throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
      const [near, far] = MemorySocket.pair();
      front.emit("connection", far);
      return near;
    },
    setTlsBroken: breakable(secure),
  };
  if (!listen) {
    // Nothing has this name (RFC 6761), so who does not come through `connect` learns it at once.
    const url = "https://sandbox.invalid";
    const shut = async () => {
      isShut = true;
      within.destroy();
    };
    const open = async () => {
      isShut = false;
    };
    return { ...doors, url, plainUrl: "http://sandbox.invalid", shut, open, close: shut };
  }
  const others = connections(secure);
  const [plainPort, securePort] = [await listening(front, 0), await listening(secure, 0)];
  const shut = async () => {
    isShut = true;
    const closed = [front, secure].filter(({ listening }) => listening).map((server) => once(server.close(), "close"));
    within.destroy();
    others.destroy();
    await Promise.all(closed);
  };
  return {
    ...doors,
    url: `https://127.0.0.1:${securePort}`,
    plainUrl: `http://127.0.0.1:${plainPort}`,
    shut,
    open: async () => {
      await Promise.all([listening(front, plainPort), listening(secure, securePort)]);
      isShut = false;
    },
    close: shut,
  };
}

/** Switches a TLS server's handshakes to an answer that is none. */
function breakable(server: Server): Doors["setTlsBroken"] {
  let isTlsBroken = false;
  server.prependListener("connection", (connection: Duplex) => {
    if (isTlsBroken) connection.end("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  return (isBroken) => {
    isTlsBroken = isBroken;
  };
}

/** What is connected to a server now. */
function connections(server: Server): { destroy(): void } {
  const open = new Set<Duplex>();
  server.on("connection", (connection: Duplex) => {
    open.add(connection);
    connection.on("close", () => open.delete(connection));
  });
  return {
    destroy: () => {
      for (const connection of open) connection.destroy();
    },
  };
}

async function listening(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  // A listener on a TCP port has an address of this kind.
  return (server.address() as AddressInfo).port;
}
