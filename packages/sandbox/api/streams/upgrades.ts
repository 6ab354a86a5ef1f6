import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { environmentOf } from "../../pods/container-environment.ts";
import { ApiError, badRequest, notFound } from "../../status.ts";
import type { ApplicationServer } from "../../traffic/application-server.ts";
import type { Pod } from "../../workloads.ts";
import { type Backend, checkAccess } from "../front.ts";
import { containerNamed } from "../pod-log.ts";
import { routeOf } from "../route.ts";
import { type Command, execByChannels } from "./exec.ts";
import { networkTables } from "./network-tables.ts";
import { forwardByChannels, forwardBySpdy } from "./port-forward.ts";
import { duplexOver } from "./tunnel.ts";

const tunnelProtocol = "SPDY/3.1+portforward.k8s.io";
const channelProtocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

/** What clients stream over WebSockets, and port-forward over SPDY too: `pods/exec` and `pods/portforward`. */
export function upgrades(
  backend: Backend,
  applications: ApplicationServer,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const byWebSocket = webSockets();
  return (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    try {
      const { url, pod, run, subresource } = targetOf(backend, request);
      const { protocol, open } = byWebSocket(request, socket, head);
      const forward = { run, applications };
      if (subresource === "exec") {
        const command = commandOf(backend, pod, url);
        open((opened) => execByChannels(command, opened));
      } else if (protocol === tunnelProtocol) open((opened) => forwardBySpdy(forward, duplexOver(opened)));
      else if (protocol === "spdy") forwardBySpdy(forward, switched(socket));
      else {
        const port = portIn(url);
        open((opened) => forwardByChannels(forward, opened, port));
      }
    } catch (error) {
      socket.end(refusal(error instanceof ApiError ? error : badRequest(String(error))));
    }
  };
}

function webSockets() {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => [tunnelProtocol, ...channelProtocols].find((one) => offered.has(one)) ?? false,
  });
  return (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const isSpdy = request.headers.upgrade?.toLowerCase() === "spdy/3.1";
    const offered = String(request.headers["sec-websocket-protocol"] ?? "").split(/,\s*/);
    const protocol = isSpdy ? "spdy" : [tunnelProtocol, ...channelProtocols].find((one) => offered.includes(one));
    const open = (then: Parameters<typeof sockets.handleUpgrade>[3]): void =>
      sockets.handleUpgrade(request, socket, head, then);
    return { protocol, open };
  };
}

function targetOf(backend: Backend, request: IncomingMessage) {
  const url = new URL(request.url ?? "/", "http://sandbox");
  const route = routeOf(url.pathname);
  const subresource = route?.subresource ?? "";
  if (route === undefined || !["exec", "portforward"].includes(subresource)) {
    throw badRequest("only pods/exec and pods/portforward are streamed");
  }
  checkAccess(backend, route, request.method === "POST" ? "create" : "get");
  const pod = backend.registry.store.get("Pod", route.namespace, route.name);
  if (pod === undefined) throw notFound(route.kind, route.name);
  return { url, pod, subresource, run: backend.kubelet.run(pod.metadata.uid) };
}

/** @throws ApiError 400 */
function commandOf({ registry, kubelet }: Backend, pod: Pod, { searchParams }: URL): Command {
  const container = containerNamed(pod, searchParams.get("container"));
  const podRun = kubelet.run(pod.metadata.uid);
  const run = podRun?.containers.find((one) => one.container.name === container.name);
  const words = searchParams.getAll("command");
  if (words.length === 0) throw badRequest("you must specify at least one command for the container");
  return {
    words,
    run,
    hasInput: searchParams.get("stdin") === "true",
    around: {
      hostname: pod.metadata.name,
      environment: environmentOf(registry.store, pod, container),
      files: networkTables(podRun),
    },
    id: registry.random.uid().replaceAll("-", "").repeat(2),
  };
}

/** @throws ApiError 400 */
function portIn({ searchParams }: URL): number {
  const port = Number(searchParams.get("ports"));
  if (!Number.isInteger(port) || port < 1) throw badRequest('query parameter "ports" is required');
  return port;
}

/** The connection after the server's consent to SPDY. */
function switched(socket: Duplex): Duplex {
  const head = ["HTTP/1.1 101 Switching Protocols", "Connection: Upgrade", "Upgrade: SPDY/3.1"];
  socket.write([...head, "X-Stream-Protocol-Version: portforward.k8s.io", "", ""].join("\r\n"));
  return socket;
}

function refusal({ code, body }: ApiError): string {
  const text = JSON.stringify(body);
  const head = [`HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ""}`, "Content-Type: application/json", "Connection: close"];
  return [...head, `Content-Length: ${Buffer.byteLength(text)}`, "", text].join("\r\n");
}
