import assert from "node:assert/strict";
import { test } from "node:test";
import { realClock, virtualClock } from "./clock.ts";

test("virtual time runs tasks in order, each at its own time", async () => {
  const clock = virtualClock();
  const seen: string[] = [];
  clock.schedule(20, () => seen.push(`late ${clock.now()}`));
  clock.schedule(10, () => {
    seen.push(`early ${clock.now()}`);
    clock.schedule(5, () => seen.push(`nested ${clock.now()}`));
  });
  const cancel = clock.schedule(15, () => seen.push("cancelled"));
  cancel();
  await clock.advance(30);
  assert.deepEqual(seen, ["early 10", "nested 15", "late 20"]);
  assert.equal(clock.now(), 30);
});

test("a sleep ends when its time has come, or at once when it is aborted", async () => {
  const clock = virtualClock();
  const abort = new AbortController();
  const sleeps = Promise.all([clock.sleep(10), clock.sleep(1_000_000, abort.signal)]);
  abort.abort();
  await clock.advance(10);
  await sleeps;
});

test("real time takes waits longer than Node's timers as waits", async () => {
  const clock = realClock();
  let hasRun = false;
  clock.schedule(2 ** 40, () => {
    hasRun = true;
  });
  await clock.sleep(20);
  clock.stop();
  assert.equal(hasRun, false);
});
