import assert from "node:assert/strict";
import { duplexPair } from "node:stream";
import { test } from "node:test";
import { controlFrame, dataFrame, fin, framesIn, frameTypes, streamId } from "./spdy-frames.ts";
import { acceptSpdy, type Stream } from "./spdy-session.ts";

/** The header blocks of the first two streams of a port-forward, as kubectl 1.34 sent them. */
const blocks: [string, string] = [
  "ePnjxqfCAiU6cDorKUpNzIUWJaypoICGFMtF4BxgYWBhwMDAwFkEicZMUPJmNAAAAAD//w==",
  "gmomrArVeFBJlQgAAAD//w==",
];

function opening(stream: number, block: string): Buffer {
  const head = Buffer.concat([streamId(stream), streamId(0), Buffer.alloc(2)]);
  return controlFrame(frameTypes.synStream, Buffer.concat([head, Buffer.from(block, "base64")]));
}

test("reads the streams that kubectl opens, however their bytes are cut", async () => {
  const [client, server] = duplexPair();
  const streams: Stream[] = [];
  const both = new Promise<void>((resolve) => {
    acceptSpdy(server, (stream) => {
      streams.push(stream);
      if (streams.length === 2) resolve();
    });
  });
  const bytes = Buffer.concat(blocks.map((block, index) => opening(2 * index + 1, block)));
  for (const byte of bytes) client.write(Buffer.from([byte]));
  await both;
  const [error, data] = streams.map(({ headers }) => headers);
  assert.deepEqual(error, { streamtype: "error", port: "8080", requestid: "0" });
  assert.deepEqual(data, { streamtype: "data", port: "8080", requestid: "0" });
  client.destroy();
});

test("carries data both ways, answers pings, and ends each direction for itself", async () => {
  const [client, server] = duplexPair();
  acceptSpdy(server, ({ duplex }) => {
    duplex.on("data", (chunk: Buffer) => duplex.write(chunk.toString().toUpperCase()));
    duplex.on("end", () => duplex.end());
  });
  client.write(opening(1, blocks[0]));
  client.write(controlFrame(frameTypes.ping, streamId(7)));
  client.write(dataFrame(1, Buffer.from("hello"), fin));
  let seen: Buffer = Buffer.alloc(0);
  const isOver = (): boolean => framesIn(seen).frames.some(({ type, flags }) => type === undefined && flags === fin);
  for await (const chunk of client) {
    seen = Buffer.concat([seen, chunk]);
    if (isOver()) break;
  }
  const { frames } = framesIn(seen);
  assert.deepEqual(
    frames.map(({ type, stream }) => [type, stream]),
    [
      [frameTypes.synReply, 1],
      [frameTypes.ping, 7],
      [undefined, 1],
      [undefined, 1],
    ],
  );
  assert.equal(frames[2]?.body.toString(), "HELLO");
});
