import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { get } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";
import type { WebSocket } from "ws";
import { scriptedApi, testClient } from "./scripted-api.ts";
import { endOf, message, pod, speak } from "./scripted-socket.ts";

/** RFC 6455, 1.3. */
const webSocketId = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** A pod whose port 8080 answers HTTP, over the channels of one forwarded connection. */
function servePod(socket: WebSocket, path: string): void {
  const port = Buffer.of(0x90, 0x1f);
  socket.send(message(0, port));
  socket.send(message(1, port));
  const name = path.split("/")[6];
  socket.on("message", (data: Buffer) => {
    if (data[0] !== 0 || !data.toString().includes("\r\n\r\n")) return;
    socket.send(message(0, `HTTP/1.1 200 OK\r\ncontent-length: ${name?.length}\r\nconnection: close\r\n\r\n`));
    socket.send(message(0, name ?? ""));
    socket.close();
  });
}

function fetchText(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ port, host: "127.0.0.1", path: "/version", agent: false }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve(text));
    });
    request.on("error", reject);
  });
}

test("forwards connections of a local port to the pods in turn", async () => {
  await using api = await scriptedApi([]);
  const paths: string[] = [];
  speak(api, (socket, path) => {
    paths.push(path);
    servePod(socket, path);
  });
  const client = await testClient(api.url);
  const tunnel = await client.portForward([pod, { namespace: "prod", name: "shop-2" }], 8080);
  const answers = [await fetchText(tunnel.port), await fetchText(tunnel.port), await fetchText(tunnel.port)];
  assert.deepEqual(answers, ["shop-1", "shop-2", "shop-1"]);
  assert.equal(paths[0], "/api/v1/namespaces/prod/pods/shop-1/portforward?ports=8080");
  await tunnel[Symbol.asyncDispose]();
  await assert.rejects(fetchText(tunnel.port), { code: "ECONNREFUSED" });
  await client.close();
});

test("carries many connections at once, whole and in order, however slowly they are read", async () => {
  await using api = await scriptedApi([]);
  speak(api, (socket) => {
    socket.send(message(0, Buffer.of(0x90, 0x1f)));
    socket.on("message", (data: Buffer) => {
      if (data[0] === 0) socket.send(data);
    });
  });
  const client = await testClient(api.url);
  const tunnel = await client.portForward([pod], 8080);
  const megabytes = Buffer.alloc(3 * 1024 * 1024, "0123456789abcdef.");
  const echo = async (payload: Buffer) => {
    const socket = connect(tunnel.port, "127.0.0.1");
    socket.write(payload);
    const chunks: Buffer[] = [];
    let left = payload.byteLength;
    for await (const chunk of socket) {
      chunks.push(chunk);
      left -= chunk.byteLength;
      if (left <= 0) break;
    }
    return Buffer.concat(chunks).equals(payload);
  };
  const small = Array.from({ length: 49 }, (_, index) => echo(Buffer.from(`hello ${index}`)));
  assert.deepEqual(new Set(await Promise.all([echo(megabytes), ...small])), new Set([true]));
  await tunnel[Symbol.asyncDispose]();
  await client.close();
});

test("closing a tunnel ends its connections, also where the server does not say goodbye", async () => {
  await using api = await scriptedApi([]);
  const ended: Promise<unknown>[] = [];
  api.server.on("upgrade", (request, socket) => {
    ended.push(endOf(socket));
    const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${webSocketId}`).digest("base64");
    const lines = ["Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Accept: ${accept}`];
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Protocol: v4.channel.k8s.io\r\n${lines.join("\r\n")}\r\n\r\n`,
    );
  });
  const client = await testClient(api.url);
  const tunnel = await client.portForward([pod], 8080);
  const local = connect(tunnel.port, "127.0.0.1").on("error", () => undefined);
  while (ended.length < 2) await new Promise((resolve) => setImmediate(resolve));
  await tunnel[Symbol.asyncDispose]();
  await Promise.all(ended);
  local.destroy();
  await client.close();
});

test("resets a connection whose pod does not answer on that port", async () => {
  await using api = await scriptedApi([]);
  speak(api, (socket) => {
    socket.send(message(0, Buffer.of(0, 0)));
    socket.send(message(1, Buffer.of(0, 0)));
    socket.on("message", () => socket.send(message(1, "connection refused")));
  });
  const client = await testClient(api.url);
  await using tunnel = await client.portForward([pod], 8080);
  await assert.rejects(fetchText(tunnel.port), { code: "ECONNRESET" });
  await client.close();
});

test("does not forward to no pod", async () => {
  const client = await testClient("https://k");
  await assert.rejects(client.portForward([], 80), { code: "input-invalid" });
  await client.close();
});
