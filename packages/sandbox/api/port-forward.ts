import { type IncomingMessage, STATUS_CODES } from "node:http";
import { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { ApiError, badRequest, notFound } from "../status.ts";
import type { ApplicationServer } from "../traffic/application-server.ts";
import { type Backend, checkAccess } from "./front.ts";
import { routeOf } from "./route.ts";

const dataStream = 0;
const errorStream = 1;

/** `pods/portforward` over WebSocket (`v4.channel.k8s.io`): one connection to one port of a pod. */
export function portForwarder(
  backend: Backend,
  applications: ApplicationServer,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => ["v5.channel.k8s.io", "v4.channel.k8s.io"].find((one) => offered.has(one)) ?? false,
  });
  return (request, socket, head) => {
    try {
      const { run, port } = targetOf(backend, request);
      sockets.handleUpgrade(request, socket, head, (tunnel) => {
        announce(tunnel, port);
        if (run?.listener(port) === undefined) refuse(tunnel, port);
        else applications.accept(duplexOver(tunnel), { run, port, isTraffic: false });
      });
    } catch (error) {
      socket.end(refusal(error instanceof ApiError ? error : badRequest(String(error))));
    }
  };
}

function targetOf(backend: Backend, request: IncomingMessage) {
  const url = new URL(request.url ?? "/", "http://sandbox");
  const route = routeOf(url.pathname);
  if (route?.subresource !== "portforward") throw badRequest("only pods/portforward takes a WebSocket");
  checkAccess(backend, route, "get");
  const pod = backend.registry.store.get("Pod", route.namespace, route.name);
  if (pod === undefined) throw notFound(route.kind, route.name);
  const port = Number(url.searchParams.get("ports"));
  if (!Number.isInteger(port) || port < 1) throw badRequest('query parameter "ports" is required');
  return { run: backend.kubelet.run(pod.metadata.uid), port };
}

/** The first message of each stream names the port, little-endian. */
function announce(tunnel: WebSocket, port: number): void {
  for (const stream of [dataStream, errorStream]) tunnel.send(Buffer.from([stream, port & 255, port >> 8]));
}

function refuse(tunnel: WebSocket, port: number): void {
  const why = `error forwarding port ${port} to pod: dial tcp4 127.0.0.1:${port}: connect: connection refused`;
  tunnel.send(Buffer.concat([Buffer.from([errorStream]), Buffer.from(why)]));
  tunnel.close();
}

function duplexOver(tunnel: WebSocket): Duplex {
  const duplex = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => {
      tunnel.send(Buffer.concat([Buffer.from([dataStream]), chunk]), (error) => done(error));
    },
    destroy: (error, done) => {
      tunnel.close();
      done(error);
    },
  });
  tunnel.on("message", (data: Buffer) => {
    if (data[0] === dataStream && data.length > 1) duplex.push(data.subarray(1));
  });
  tunnel.on("close", () => duplex.destroy());
  tunnel.on("error", () => duplex.destroy());
  return duplex;
}

function refusal({ code, body }: ApiError): string {
  const text = JSON.stringify(body);
  const head = [`HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ""}`, "Content-Type: application/json", "Connection: close"];
  return [...head, `Content-Length: ${Buffer.byteLength(text)}`, "", text].join("\r\n");
}
