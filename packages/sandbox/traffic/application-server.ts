import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { respond } from "../pods/application.ts";
import type { PodRun } from "../pods/pod-run.ts";

/** What a connection leads to, for as long as it lives. */
export interface Peer {
  readonly run: PodRun;
  readonly port: number;
  /** Whether users come this way; what an application does to real traffic counts from the first such request. */
  readonly isTraffic: boolean;
}

/** Speaks HTTP for the applications in the pods. */
export interface ApplicationServer {
  /** Takes a connection over; it ends with its pod. */
  accept(connection: Duplex, peer: Peer): void;
  close(): void;
}

export function applicationServer(): ApplicationServer {
  const peers = new Map<Duplex, Peer>();
  const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
    const peer = peers.get(request.socket);
    if (peer === undefined) request.socket.destroy();
    else answer(peer, request, response);
  });
  return {
    accept: (connection, peer) => {
      peers.set(connection, peer);
      peer.run.onEnd.push(() => connection.destroy());
      connection.on("close", () => peers.delete(connection));
      connection.on("error", () => peers.delete(connection));
      server.emit("connection", connection);
    },
    close: () => {
      for (const connection of peers.keys()) connection.destroy();
    },
  };
}

function answer({ run, port, isTraffic }: Peer, request: IncomingMessage, response: ServerResponse): void {
  const listener = run.listener(port);
  if (listener === undefined) {
    if (request.socket instanceof Socket) request.socket.resetAndDestroy();
    else request.destroy();
    return;
  }
  if (isTraffic) run.countTraffic(listener.application);
  const path = request.url?.split("?")[0];
  const { status, body } = respond(listener.application, run.now, path === listener.probePath);
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}
