import { Duplex } from "node:stream";
import type { WebSocket } from "ws";

/** The bytes that go through a WebSocket, each message with `prefix` before them; messages with another are not for it. */
export function duplexOver(socket: WebSocket, prefix: Buffer = Buffer.alloc(0)): Duplex {
  const duplex = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => socket.send(Buffer.concat([prefix, chunk]), (error) => done(error)),
    destroy: (error, done) => {
      socket.close();
      done(error);
    },
  });
  socket.on("message", (data: Buffer) => {
    if (data.length > prefix.length && data.subarray(0, prefix.length).equals(prefix)) {
      duplex.push(data.subarray(prefix.length));
    }
  });
  socket.on("close", () => duplex.destroy());
  socket.on("error", () => duplex.destroy());
  return duplex;
}
