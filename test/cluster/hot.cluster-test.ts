import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type ActionRunResult, runAction } from "@cutover/workflow";
import { bundledStub } from "../bundled-stub.ts";
import { publish } from "./images.ts";
import { kubeconfig, kubectl } from "./kubectl.ts";
import { apply } from "./shop.ts";
import { slots } from "./slots.ts";
import { habits, type User, users } from "./users.ts";

/** Users of each habit. */
const times = 4;
/** Those who are not told when a pod ends, because nobody ever asks them again: they stay until they are cut off. */
const deaf: readonly string[] = ["HTTP/2 stream", "stream", "WebSocket"];

const covered = { namespace: "hot-test-covered", nodePort: 30130, grace: 60 };
const short = { namespace: "hot-test-short", nodePort: 30131, grace: 4 };
const folder = mkdtempSync(join(tmpdir(), "cutover-hot-"));

before(async () => {
  const image = await publish("v1");
  for (const town of [covered, short]) apply(slots({ ...town, service: "web", image, replicas: 2 }));
  for (const { namespace } of [covered, short])
    kubectl(["--namespace", namespace, "rollout", "status", "deployment/web-blue", "--timeout=60s"]);
  await bundledStub("blue-green-deploy");
});

after(() => {
  rmSync(folder, { recursive: true });
  kubectl(["delete", "namespace", covered.namespace, short.namespace, "--timeout=120s"]);
});

suite("Those who stay connected through a switch and `previous: scale-down`", { concurrency: true }, () => {
  test("finish on the old pods where drain and grace period cover them", async (t) => {
    const { run, all, told } = await releaseUnder(covered, { seconds: 20, drain: "3s" });
    t.diagnostic(told);
    assert.equal(run.outputs.outcome, "succeeded", run.log);
    assert.deepEqual(
      all.filter(({ lost }) => lost !== undefined),
      [],
    );
    for (const { habit, versions } of all) {
      assert.deepEqual(versions, deaf.includes(habit) ? ["v1"] : ["v1", "v2"], habit);
    }
    assert.match(run.log, new RegExp(`^web-blue still has ${habits.length * times} open connections$`, "m"));
    assert.deepEqual([warnings(run), JSON.parse(String(run.outputs.state)).cut], [[], undefined], run.log);
  });

  test("are counted where they are not covered, with what to set", async (t) => {
    const { run, all, told } = await releaseUnder(short, { seconds: 25, drain: "2s" });
    t.diagnostic(told);
    assert.equal(run.outputs.outcome, "succeeded", run.log);
    const lost = all.filter((one) => one.lost !== undefined);
    assert.deepEqual(
      lost.map(({ habit }) => habit),
      all.map(({ habit }) => habit).filter((habit) => deaf.includes(habit)),
    );
    const { cut } = JSON.parse(String(run.outputs.state));
    assert.deepEqual(cut, { connections: lost.length, pods: 2 }, run.log);
    const [warning = "", ...more] = warnings(run);
    assert.deepEqual(more, []);
    const message = `${lost.length} connections to web-blue were cut: 2 pods were killed after 4 s\\. They were still open`;
    assert.match(warning, new RegExp(`^${message} .* terminationGracePeriodSeconds \\(now 4 s\\)`));
    assert.match(run.log, new RegExp(`^web-blue still has ${habits.length * times} open connections$`, "m"));
  });
});

function warnings({ annotations }: ActionRunResult): string[] {
  return annotations.filter(({ level }) => level === "warning").map(({ message }) => message);
}

interface Stayed extends Pick<User, "habit" | "versions"> {
  lost: string | undefined;
}

/** Users connect just before the traffic moves: the smoke command waits for them. */
async function releaseUnder(
  { namespace, nodePort: port }: typeof covered,
  { seconds, drain }: { seconds: number; drain: string },
): Promise<{ run: ActionRunResult; all: Stayed[]; told: string }> {
  const [asked, open] = ["asked", "open"].map((name) => join(folder, `${namespace}-${name}`)) as [string, string];
  const inputs = {
    ...{ namespace, service: "web", deployment: "web-{color}", "color-label": "version", drain },
    ...{ images: `website=${await publish("v2")}`, previous: "scale-down", soak: "0s" },
    smoke: `touch ${asked}; until [ -e ${open} ]; do sleep 0.1; done`,
  };
  const stub = await bundledStub("blue-green-deploy");
  const running = runAction({ stub, inputs, env: { KUBECONFIG: kubeconfig() } });
  await existing(asked, running);
  const staying = users(times, { port, seconds });
  await Promise.all(staying.map(({ isServed }) => isServed));
  writeFileSync(open, "");
  const run = await running;
  const all = await Promise.all(
    staying.map(async ({ habit, versions, leaves }) => ({ habit, lost: await leaves, versions })),
  );
  const cut = all.filter(({ lost }) => lost !== undefined);
  const took = (run.durationMs / 1_000).toFixed(1);
  const causes = [...new Set(cut.map(({ habit, lost }) => `${habit}: ${lost}`))].join("; ");
  const ends = run.log.match(/^Pod web-blue-.* (ended|goes on).*$/gm) ?? [];
  return { run, all, told: [`${took} s, ${all.length} users, ${cut.length} cut (${causes})`, ...ends].join("\n") };
}

/** Resolves once there is such a file, or `end` has come. */
async function existing(path: string, end: Promise<unknown>): Promise<void> {
  let isOver = false;
  void end.finally(() => {
    isOver = true;
  });
  while (!isOver && !existsSync(path)) await sleep(50);
}
