import assert from "node:assert/strict";
import { test } from "node:test";
import { realClock } from "./clock.ts";

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
