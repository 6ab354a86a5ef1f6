import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { ScriptedApi } from "./scripted-api.ts";

export const pod = { namespace: "prod", name: "shop-1" };
export const container = { ...pod, container: "app" };

/** Lets `api` speak WebSocket: `talk` gets every connection with its path and headers. */
export function speak(
  api: ScriptedApi,
  talk: (socket: WebSocket, path: string, headers: Readonly<Record<string, unknown>>) => void,
): void {
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false });
  api.server.on("upgrade", (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (open) => talk(open, request.url, request.headers));
  });
}

/** A message as `channel.k8s.io` has it. */
export function message(stream: number, text: string | Buffer): Buffer {
  return Buffer.concat([Buffer.of(stream), Buffer.from(text)]);
}

/** When the client has gone; the server's side of an upgraded connection stays open until it ends it itself. */
export async function endOf(socket: Duplex): Promise<void> {
  socket.on("error", () => undefined).on("end", () => socket.end());
  await new Promise((resolve) => socket.resume().on("close", resolve));
}
