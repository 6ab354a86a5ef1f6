import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { PodRun } from "../../pods/pod-run.ts";
import type { ApplicationServer } from "../../traffic/application-server.ts";
import { acceptSpdy, type Stream } from "./spdy-session.ts";
import { duplexOver } from "./tunnel.ts";

const dataChannel = 0;
const errorChannel = 1;

/** The pod that connections go to. */
export interface Forward {
  readonly run: PodRun | undefined;
  readonly applications: ApplicationServer;
}

/** `v4.channel.k8s.io`: one connection to one port, data and errors told apart by the first byte of each message. */
export function forwardByChannels({ run, applications }: Forward, tunnel: WebSocket, port: number): void {
  // The first message of each channel names the port, little-endian.
  for (const channel of [dataChannel, errorChannel]) tunnel.send(Buffer.from([channel, port & 255, port >> 8]));
  if (run?.listener(port) !== undefined) {
    applications.accept(duplexOver(tunnel, Buffer.from([dataChannel])), { run, port, isTraffic: false });
    return;
  }
  tunnel.send(Buffer.concat([Buffer.from([errorChannel]), Buffer.from(refusal(port))]));
  tunnel.close();
}

/** `portforward.k8s.io` over SPDY: each connection is a pair of streams, one for its data and one for its error. */
export function forwardBySpdy({ run, applications }: Forward, connection: Duplex): void {
  const errors = new Map<string, Duplex>();
  acceptSpdy(connection, ({ headers, duplex }: Stream) => {
    const { requestid: request = "", streamtype, port: text } = headers;
    const port = Number(text);
    if (streamtype === "error") {
      errors.set(request, duplex);
      return;
    }
    const error = errors.get(request);
    errors.delete(request);
    if (run?.listener(port) === undefined) {
      error?.end(refusal(port));
      duplex.end();
      return;
    }
    duplex.on("close", () => error?.end());
    applications.accept(duplex, { run, port, isTraffic: false });
  });
}

function refusal(port: number): string {
  return `error forwarding port ${port} to pod: dial tcp4 127.0.0.1:${port}: connect: connection refused`;
}
