import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { MemorySocket } from "./memory-socket.ts";

test("carries bytes both ways, and the end of either side", async () => {
  const [one, other] = MemorySocket.pair();
  const long = "x".repeat(200_000);
  one.end(long);
  other.write("answer ");
  assert.equal(await text(other), long);
  other.end("done");
  assert.equal(await text(one), "answer done");
});

test("who writes faster than the other reads has to wait", async () => {
  const [one, other] = MemorySocket.pair();
  let sent = 0;
  while (one.write(Buffer.alloc(16_384))) sent += 1;
  await new Promise(setImmediate);
  assert.equal(one.writableNeedDrain, true);
  other.resume();
  await once(one, "drain");
  assert.ok(sent < 10, `${sent} chunks of 16 KiB were taken at once`);
});

test("an end is an end, and a reset is an error, as in TCP", async () => {
  const [one, other] = MemorySocket.pair();
  one.destroy();
  assert.equal(await text(other), "");
  other.write("too late");
  assert.match(String(await once(other, "error")), /EPIPE/);
  const [near, far] = MemorySocket.pair();
  near.resetAndDestroy();
  assert.match(String(await once(far, "error")), /ECONNRESET/);
});

test("speaks HTTP with Node's own server and client", async () => {
  const server = createServer((request, response) => response.end(`you asked for ${request.url}`));
  const [near, far] = MemorySocket.pair();
  server.emit("connection", far);
  const [response]: IncomingMessage[] = await once(get({ path: "/a", createConnection: () => near }), "response");
  assert.equal(response && (await text(response)), "you asked for /a");
});
