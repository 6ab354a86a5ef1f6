import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "./clock.ts";

test("sleeps as long as asked", async () => {
  const started = systemClock.now();
  await systemClock.sleep(30);
  assert.ok(systemClock.now() - started >= 29);
});

test("wakes as soon as the signal aborts, and does not sleep at all after it", async () => {
  const controller = new AbortController();
  const started = systemClock.now();
  const nap = systemClock.sleep(2 ** 40, controller.signal);
  controller.abort();
  await nap;
  await systemClock.sleep(60_000, controller.signal);
  assert.ok(systemClock.now() - started < 5_000);
});
