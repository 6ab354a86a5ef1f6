import assert from "node:assert/strict";
import { test } from "node:test";
import { liveThrough } from "./life.ts";

test("a shop lives through releases and rollbacks, good and bad, and always serves", async () => {
  const { problem, kinds, visits } = await liveThrough(39, 8);
  assert.equal(problem, undefined);
  assert.deepEqual(kinds, { "never-ready": 1, good: 4, "breaks-under-traffic": 1, rollback: 2 });
  assert.ok(visits > 300, `${visits} visits`);
});

test("the same seed gives the same requests and the same objects, byte for byte, and another seed others", async () => {
  const { record } = await liveThrough(2, 1);
  for (let times = 1; times < 5; times++) assert.equal((await liveThrough(2, 1)).record, record);
  assert.notEqual((await liveThrough(3, 1)).record, record);
});
