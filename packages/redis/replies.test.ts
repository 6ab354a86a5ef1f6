import assert from "node:assert/strict";
import { test } from "node:test";
import { readReplies, written } from "./replies.ts";

const read = (text: string) => readReplies(Buffer.from(text));

test("replies are read as far as they are there, wherever they are cut", () => {
  const whole = "+PONG\r\n-ERR no\r\n$6\r\ngr\u00fcn\r\r\n$0\r\n\r\n";
  const all = [{ text: "PONG" }, { error: "ERR no" }, { text: "gr\u00fcn\r" }, { text: "" }];
  const bytes = Buffer.from(whole);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const replies = readReplies(bytes.subarray(0, cut));
    assert.deepEqual(replies, all.slice(0, replies?.length), `cut at ${cut}`);
  }
  assert.deepEqual(readReplies(bytes), all);
});

test("what is no reply is told from one that is not there yet", () => {
  assert.equal(read("HTTP/1.1 200 OK\r\n"), undefined);
  assert.equal(read("$nine\r\n"), undefined);
  assert.deepEqual(read("+PO"), []);
});

test("an argument may hold anything", () => {
  assert.equal(written(["AUTH", "p\u00e4ss\r\nPING"]), "*2\r\n$4\r\nAUTH\r\n$11\r\np\u00e4ss\r\nPING\r\n");
});
