import assert from "node:assert/strict";
import { test } from "node:test";
import { CutoverError } from "@cutover/release";
import { virtualClock } from "@cutover/sandbox";
import { type Check, pass, together, type World, warn } from "./check.ts";
import { runChecks } from "./run-checks.ts";

function check(id: string, run: Check["run"]): Check {
  return { id, title: `It is ${id}`, run };
}

test("checks run side by side; what throws or hangs is an error of its own", async () => {
  const clock = virtualClock();
  const over = new AbortController();
  clock.schedule(60_000, () => over.abort());
  // Checks that look at nothing need no more of a world.
  const world = { runner: { clock }, signal: over.signal } as unknown as World;
  const all = [
    check("slow", async () => {
      await clock.sleep(4_000);
      return pass("after a while");
    }),
    check("refused", () => {
      throw new CutoverError("forbidden", "Cannot list nodes", { hint: "Give the right." });
    }),
    check("broken", () => {
      throw new RangeError("off by one");
    }),
    check("hanging", () => new Promise(() => undefined)),
  ];
  const results = await clock.drive(runChecks(all, world));
  assert.deepEqual(
    results.map(({ id, verdict, evidence, ms }) => `${id} ${verdict} ${ms}: ${evidence}`),
    [
      "slow pass 4000: after a while",
      "refused error 0: Cannot list nodes",
      "broken error 0: RangeError: off by one",
      "hanging error 60000: It had not ended after 1 min, when the time for all checks was over",
    ],
  );
  assert.equal(results[1]?.remedy, "Give the right.");
});

test("of several findings the worst counts, and tells of all that have it", () => {
  const found = together([pass("a is good"), warn("b is old", "Renew it."), warn("c is old", "Renew it.")], "nothing");
  assert.deepEqual(found, { verdict: "warn", evidence: "b is old\nc is old", remedy: "Renew it." });
  assert.deepEqual(together([], "there is no endpoint"), { verdict: "skip", evidence: "there is no endpoint" });
});
