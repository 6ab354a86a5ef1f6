import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { virtualClock } from "./virtual-clock.ts";

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

test("driven time goes straight to what is due, and no further than what is waited for", async () => {
  const clock = virtualClock();
  const nap = async () => {
    await clock.sleep(3_600_000);
    await clock.sleep(5);
    return clock.now();
  };
  const seen: number[] = [];
  for (const ms of [10, 4_000_000]) clock.schedule(ms, () => seen.push(clock.now()));
  assert.equal(await clock.drive(nap()), 3_600_005);
  assert.deepEqual(seen, [10]);
});

test("time stands still while anything else is under way in the process", async () => {
  const clock = virtualClock();
  clock.schedule(1, () => undefined);
  const busy: Record<string, () => Promise<unknown>> = {
    turns: async () => {
      for (let turn = 0; turn < 10; turn++) await setImmediate();
    },
    file: async () => {
      for (let times = 0; times < 3; times++) await readFile(import.meta.filename);
    },
    module: () => import("./test-shop.ts"),
    process: () => clock.hold(promisify(execFile)("sleep", ["0.05"])),
  };
  for (const [name, work] of Object.entries(busy)) {
    await clock.drive(work());
    assert.equal(clock.now(), 0, name);
  }
});

test("several can be driven at once, and each step of time is taken for all", async () => {
  const clock = virtualClock();
  const seen: string[] = [];
  const run = async (name: string, every: number) => {
    for (let times = 0; times < 3; times++) {
      await clock.sleep(every);
      for (let turn = 0; turn < 5; turn++) await setImmediate();
      seen.push(`${name} ${clock.now()}`);
    }
  };
  await Promise.all([clock.drive(run("a", 10)), clock.drive(run("b", 15))]);
  assert.deepEqual(seen, ["a 10", "b 15", "a 20", "b 30", "a 30", "b 45"]);
});

test("clocks of several sandboxes can be driven at once, each at its own pace", async () => {
  const run = async (every: number) => {
    const clock = virtualClock();
    const nap = async () => {
      for (let times = 0; times < 3; times++) await clock.sleep(every);
      return clock.now();
    };
    return await clock.drive(nap());
  };
  assert.deepEqual(await Promise.all([run(10), run(15)]), [30, 45]);
});

test("what can never end is said, and not waited for", async () => {
  const clock = virtualClock();
  const never = new Promise<never>(() => undefined);
  await assert.rejects(clock.drive(never), /Nothing is due/);
  const tick = (): void => void clock.schedule(60_000, tick);
  tick();
  await assert.rejects(clock.drive(never, 3_600_000), /within 3600000 ms/);
  assert.equal(clock.now(), 3_600_000);
});
