import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { reset } from "../memory-socket.ts";
import type { Application } from "../pods/application.ts";
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
  const peers = new Map<Duplex, Exchanges>();
  const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
    const exchanges = peers.get(request.socket);
    if (exchanges === undefined) request.socket.destroy();
    else exchanges.answer(request, response);
  });
  return {
    accept: (connection, peer) => {
      const exchanges = new Exchanges(connection, peer);
      peers.set(connection, exchanges);
      connection.on("close", () => peers.delete(connection));
      connection.on("error", () => peers.delete(connection));
      server.emit("connection", connection);
    },
    close: () => {
      for (const connection of peers.keys()) connection.destroy();
    },
  };
}

/**
 * What one connection asks of its pod. An application that is told to stop lets no accepted request go unanswered: it
 * closes idle connections, and each other one after its next answer; one that dies takes all of them with it.
 */
class Exchanges {
  readonly #connection: Duplex;
  readonly #peer: Peer;
  readonly #accepted: Application | undefined;
  #isIdle: boolean;
  #isEnding: boolean;

  constructor(connection: Duplex, peer: Peer) {
    this.#isIdle = false;
    this.#isEnding = false;
    this.#connection = connection;
    this.#peer = peer;
    this.#accepted = peer.run.listener(peer.port);
    const close = this.#accepted?.connect();
    const end = (isGraceful: boolean): void => {
      if (!isGraceful || this.#isIdle) connection.destroy();
      this.#isEnding = true;
    };
    peer.run.onEnd.add(end);
    connection.on("close", () => {
      peer.run.onEnd.delete(end);
      close?.();
    });
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const { run, isTraffic } = this.#peer;
    const application = this.#accepted;
    if (application === undefined || (application.isOver && !this.#isEnding)) {
      reset(request.socket);
      return;
    }
    this.#isIdle = false;
    response.on("finish", () => {
      this.#isIdle = true;
      if (this.#isEnding) this.#connection.end();
    });
    const path = request.url?.split("?")[0] ?? "/";
    const { status, headers, body, latencyMs } = application.answer({ path, isTraffic });
    const send = (): void => {
      response.shouldKeepAlive &&= !application.isDraining && !this.#isEnding;
      response.writeHead(status, headers);
      response.end(body);
    };
    if (latencyMs > 0) run.clock.schedule(latencyMs, send);
    else send();
  }
}
