import assert from "node:assert/strict";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { nextOf } from "./hearing.ts";

test("who waits for a worker hears its word, what it throws, and that it has ended without either", async () => {
  const worker = (code: string) =>
    new Worker(`const { parentPort } = require("node:worker_threads"); ${code}`, { eval: true });
  assert.equal(await nextOf<number>(worker("parentPort.postMessage(7)")), 7);
  await assert.rejects(nextOf(worker("throw new Error('so it is')")), /so it is/);
  await assert.rejects(nextOf(worker("process.exit(3)")), /ended with code 3/);
});
