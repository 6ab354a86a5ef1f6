import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { startWithin, systemClock } from "@cutover/action-kit";
import { virtualClock } from "@cutover/sandbox";
import { bell } from "./bell-action.ts";
import { ring } from "./ring.ts";

type Variables = Record<string, string>;

/** The bell within this process. */
async function ringWithin(given: Variables, more: Partial<Parameters<typeof startWithin>[0]> = {}) {
  const log: string[] = [];
  const env = { INPUT_TIMEOUT: "5m", INPUT_VERDICT: "good", INPUT_POST: "clean", GITHUB_ACTIONS: "true", ...given };
  const write = (text: string): void => void log.push(text);
  const exitCode = await startWithin({ env, clock: systemClock, write, ...more }, bell);
  return { exitCode, log: log.join("").trimEnd() };
}

/** What differs from run to run: random tokens, and who called whom. */
const comparable = (log: string) => log.replaceAll(/[0-9a-f]{32}/g, "TOKEN").replaceAll(/(%0A {4}at .*)+/g, "%0Astack");

suite("An action within this process", { concurrency: 2 }, () => {
  const runs: Record<string, Variables> = {
    "that succeeds": { deed: "ring", timeout: "90s" },
    "that prints what others wrote": { deed: "say everything" },
    "with secrets": { deed: "show a secret", token: "t0ken-value" },
    "with bad inputs": { deed: "ring", timeout: "abc", tiemout: "1m", headers: "hunter2hunter2" },
    "that ends in an error": { deed: "throw ours" },
  };
  for (const [what, { deed = "", ...inputs }] of Object.entries(runs)) {
    test(`writes and ends as in a process of its own: one ${what}`, async () => {
      const process = await ring(deed, { inputs });
      const variables = Object.entries({ deed, ...inputs }).map(([name, value]) => [
        `INPUT_${name.toUpperCase()}`,
        value,
      ]);
      const within = await ringWithin(Object.fromEntries(variables));
      assert.equal(comparable(within.log), comparable(process.rawLog));
      assert.equal(within.exitCode, process.exitCode);
    });
  }

  test("touches nothing global, and several run at once", async () => {
    const before = { env: { ...process.env }, exitCode: process.exitCode, listeners: process.listenerCount("SIGINT") };
    const env = { INPUT_DEED: "throw ours", INPUT_TOKEN: "t0ken-value" };
    const all = await Promise.all([ringWithin(env), ringWithin({ INPUT_DEED: "ring" }), ringWithin(env)]);
    assert.deepEqual(
      all.map(({ exitCode }) => exitCode),
      [1, 0, 1],
    );
    assert.equal(all[1]?.log, "ding");
    const after = { env: { ...process.env }, exitCode: process.exitCode, listeners: process.listenerCount("SIGINT") };
    assert.deepEqual(after, before);
    assert.equal(env.INPUT_TOKEN, "t0ken-value");
  });

  test("winds up when it is cancelled, and its post knows what main saved", async () => {
    const clock = virtualClock();
    const cancel = new AbortController();
    clock.schedule(1_000, () => cancel.abort());
    const main = ringWithin({ INPUT_DEED: "wait for cancel" }, { clock, signal: cancel.signal });
    const { exitCode, log } = await clock.drive(main);
    assert.equal(exitCode, 1);
    assert.match(log, /^waiting\nCancelled \(SIGINT\): winding up\nwoken by SIGINT\n::error::Cancelled \(SIGINT\)$/);
    assert.equal(clock.now(), 1_000);
    const state = { STATE_isPost: "true", STATE_saved: '{"holder":"me"}' };
    const post = await ringWithin({ INPUT_DEED: "ring", ...state });
    assert.deepEqual(post, { exitCode: 0, log: 'post {"state":{"holder":"me"},"isPost":true}' });
  });
});
