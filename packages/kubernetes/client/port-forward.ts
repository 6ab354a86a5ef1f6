import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { PassThrough, type Readable, Writable } from "node:stream";
import { CutoverError } from "@cutover/release";
import { WebSocketHandler } from "@kubernetes/client-node/dist/web-socket-handler.js";
import type { Tunnel } from "./client.ts";
import { segment } from "./path.ts";
import { type Socket as Remote, type Upgrade, type UpgradeOptions, upgrade } from "./upgrade.ts";

export interface PodName {
  namespace: string;
  name: string;
}

const streams = { data: 0, error: 1 } as const;

/** Bytes that may wait to be sent before the sender has to wait. */
const sendBuffer = 1024 * 1024;

/**
 * See `Client.portForward`. The first pod's tunnel is tried before this resolves.
 * @throws `forbidden`, `not-found`; `input-invalid` without pods
 */
export async function portForward(pods: readonly PodName[], port: number, options: UpgradeOptions): Promise<Tunnel> {
  const [first] = pods;
  if (first === undefined) throw new CutoverError("input-invalid", "There is no pod to forward a port to");
  const over = new AbortController();
  const open = (pod: PodName, ends: Ends) =>
    upgrade({ ...deedFor(pod, port), signal: over.signal, start: starter(pod, port, ends) }, options);
  (await open(first, { input: new PassThrough(), output: new PassThrough(), error: new PassThrough() })).terminate();
  const locals = new Set<Socket>();
  let turn = 0;
  const server = createServer((local) => {
    const pod = pods[turn++ % pods.length] ?? first;
    locals.add(local);
    local.on("error", () => local.destroy()).on("close", () => locals.delete(local));
    open(pod, { input: local, output: local, error: resetting(local) })
      .then((remote) => join(local, remote))
      .catch(() => local.resetAndDestroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: portOf(server),
    async [Symbol.asyncDispose]() {
      over.abort();
      for (const local of locals) local.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Ends {
  input: Readable;
  output: Writable;
  /** What the pod's side says when it cannot connect. */
  error: Writable;
}

/**
 * What client-node's `PortForward` does for one port, on the same `WebSocketHandler`. Its module alone would make the bundle
 * four times as large, for methods that look for pods by typed models of every API.
 */
function starter(pod: PodName, port: number, { input, output, error }: Ends): Upgrade["start"] {
  const path = `/api/v1/namespaces/${segment(pod.namespace)}/pods/${segment(pod.name)}/portforward?ports=${port}`;
  return async (_, handler) => {
    const announced = new Set<number>();
    const remote = await handler.connect(path, null, (stream, data) => {
      // The first message of each stream only names the port.
      const payload = announced.has(stream) ? data : data.subarray(2);
      announced.add(stream);
      if (payload.byteLength > 0) (stream === streams.data ? output : error).write(payload);
      return true;
    });
    WebSocketHandler.handleStandardInput(remote, input, streams.data);
    return remote;
  };
}

function deedFor({ namespace, name }: PodName, port: number) {
  return { verb: "forward", subject: `port ${port} of Pod ${name} in namespace ${namespace}` };
}

function resetting(local: Socket): Writable {
  return new Writable({
    write(_chunk, _encoding, done) {
      local.resetAndDestroy();
      done();
    },
  });
}

/** client-node carries the bytes; here one side's end becomes the other's, and a slow side holds the other back. */
function join(local: Socket, remote: Remote): void {
  remote.addEventListener("close", () => local.end());
  if (local.destroyed) remote.terminate();
  local.on("close", () => {
    remote.resume();
    remote.close();
  });
  remote.addEventListener("message", () => {
    if (local.writableNeedDrain) remote.pause();
  });
  local.on("drain", () => remote.resume());
  local.on("data", () => {
    if (remote.bufferedAmount > sendBuffer) holdBack(local, remote);
  });
}

/** A WebSocket has no event for room in its buffer. */
function holdBack(local: Socket, remote: Remote): void {
  local.pause();
  const wait = setInterval(() => {
    if (remote.bufferedAmount > sendBuffer && remote.readyState === remote.OPEN) return;
    clearInterval(wait);
    local.resume();
  }, 5);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the listener has no port");
  return address.port;
}
