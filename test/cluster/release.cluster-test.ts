import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type ActionRunResult, runAction } from "@cutover/workflow";
import { bundledStub } from "../bundled-stub.ts";
import { missingImage, publish, type Release } from "./images.ts";
import { kubeconfig, kubectl, startKubectl } from "./kubectl.ts";
import { type Load, startLoad } from "./load.ts";
import { describeLoad, type LoadReport, wrongAnswers } from "./load-report.ts";
import { apply } from "./shop.ts";
import { slots } from "./slots.ts";
import { rollbacks, rollbacksByHand } from "./two-ways.ts";

const namespace = "release-test";
const nodePort = 30081;
const service = "web-service";
const inNamespace = (...args: string[]): string => kubectl(["--namespace", namespace, ...args]);

/** One load over the whole file: releases follow each other under it as they do in production. */
let load: Load;

before(async () => {
  apply(slots({ namespace, service, image: await publish("v1"), replicas: 3, nodePort }));
  inNamespace("rollout", "status", "deployment/web-blue", "--timeout=60s");
  await bundledStub("rollback");
});

after(() => {
  kubectl(["delete", "namespace", namespace, "--timeout=60s"]);
});

test("good releases and rollbacks lose no request, whatever becomes of the old slot", async (t) => {
  load = await startLoad({ port: nodePort });
  await sleep(1_000);
  await succeeds(release("v2", { previous: "keep" }), "v2", t);
  await succeeds(release("v3", { previous: "scale-down" }), "v3", t);
  await succeeds(rollback(), "v2 again", t);
  await succeeds(release("v1", { previous: "delete" }), "v1", t);
  await succeeds(release("v3", { previous: "keep" }), "v3 again", t);
  const report = await ended(t);
  assert.deepEqual(report.lost, []);
  // While a release runs, old and new answer; after it, only a connection that was kept may still meet the old one.
  const between = (from: string, now: string[], kept = now) => ({ from, new: now, kept });
  const periods = [
    between("start", ["v1"]),
    between("before v2", ["v1", "v2"]),
    between("after v2", ["v2"], ["v1", "v2"]),
    between("before v3", ["v2", "v3"], ["v1", "v2", "v3"]),
    between("after v3", ["v3"]),
    between("before v2 again", ["v3", "v2"]),
    between("after v2 again", ["v2"], ["v3", "v2"]),
    between("before v1", ["v2", "v1"], ["v3", "v2", "v1"]),
    between("after v1", ["v1"]),
    between("before v3 again", ["v1", "v3"]),
    between("after v3 again", ["v3"], ["v1", "v3"]),
  ];
  assert.deepEqual(wrongAnswers(report, periods), []);
});

test("a release whose pods never become ready gets no request", async (t) => {
  load = await startLoad({ port: nodePort });
  await sleep(500);
  const run = await release("v4-never-ready", { timeout: "15s" });
  const report = await ended(t);
  tell(t, run);
  assert.equal(run.outputs.outcome, "failed");
  assert.match(run.log, /pod web-(blue|green)-\S+, container website: Unhealthy/);
  assert.deepEqual([report.lost, wrongAnswers(report, [{ from: "start", new: ["v3"], kept: ["v3"] }])], [[], []]);
  assert.equal(idleReplicas(), "0");
});

test("a release with an image that does not exist fails within seconds, and gets no request", async (t) => {
  load = await startLoad({ port: nodePort });
  await sleep(500);
  const run = await deploy(missingImage(), { timeout: "60s" });
  const report = await ended(t);
  tell(t, run);
  assert.equal(run.outputs.outcome, "failed");
  assert.match(run.log, /pod web-(blue|green)-\S+, container website: ErrImagePull/);
  assert.ok(run.durationMs < 20_000, `it took ${run.durationMs} ms`);
  assert.deepEqual([report.lost, wrongAnswers(report, [{ from: "start", new: ["v3"], kept: ["v3"] }])], [[], []]);
});

test("a release whose pods turn unready right after the switch is taken back within three seconds", async (t) => {
  load = await startLoad({ port: nodePort });
  const unready = firstUnready();
  await sleep(500);
  const run = await release("v5-unready-after-switch", { soak: "15s", drain: "3s" });
  load.mark("taken back");
  await unready.stop();
  const report = await ended(t);
  tell(t, run);
  assert.equal(run.outputs.outcome, "rolled-back");
  assert.match(run.log, /pod web-(blue|green)-\S+, container website: (Unhealthy|NotReady)/);
  const bad = "v5-unready-after-switch";
  const wrong = report.answers.filter((answer) => answer.kind === "new" && answer.version !== "v3");
  const [first, last] = [Math.min(...wrong.map(({ due }) => due)), Math.max(...wrong.map(({ ended: at }) => at))];
  const from = unready.at();
  t.diagnostic(
    `${wrong.length} new connections met ${bad} or nobody, from ${first.toFixed(0)} to ${last.toFixed(0)} ms; first pod unready at ${from.toFixed(0)} ms`,
  );
  assert.ok(
    wrong.some((answer) => answer.version === bad),
    "new connections reach it between the switch and the switch back",
  );
  assert.ok(last - from <= 3_000, `${last - from} ms from the first unready pod to the last wrong answer`);
  const later = report.answers.filter(({ due }) => due > last);
  assert.ok(later.filter(({ kind }) => kind === "new").length > 400);
  assert.deepEqual(
    later.filter(({ kind, version }) => kind === "new" && version !== "v3"),
    [],
  );
  const { "taken back": takenBack = 0 } = report.marks;
  const atTheEnd = later.filter(({ kind, due }) => kind === "kept" && due > takenBack + 1_000);
  assert.deepEqual(
    [...new Set(atTheEnd.map(({ version }) => version))],
    ["v3"],
    "kept connections left the failed slot",
  );
  assert.equal(idleReplicas(), "0");
});

test("a rollback to a warm slot is confirmed within a second of its process's start", async (t) => {
  await release("v2", { previous: "keep", soak: "0s" });
  const town = { namespace, service, replicas: 3 };
  const [ours, theirs] = [await rollbacks(town, 5), rollbacksByHand(town, 5)];
  const [mine, other] = [median(ours), median(theirs)];
  t.diagnostic(
    `rollback ${mine.toFixed(0)} ms (${ours.map(Math.round).join(", ")}), kubectl patch and wait ${other.toFixed(0)} ms (${theirs.map(Math.round).join(", ")}), ratio ${(mine / other).toFixed(2)}`,
  );
  assert.ok(mine < 1_000, `${mine} ms`);
});

const shared = {
  namespace,
  service,
  "color-label": "version",
  deployment: "web-{color}",
  drain: "3s",
};

async function release(version: Release, inputs: Record<string, string> = {}): Promise<ActionRunResult> {
  return await deploy(await publish(version), inputs);
}

async function deploy(image: string, inputs: Record<string, string>): Promise<ActionRunResult> {
  return await act("blue-green-deploy", { ...shared, images: `website=${image}`, soak: "2s", ...inputs });
}

async function rollback(inputs: Record<string, string> = {}): Promise<ActionRunResult> {
  return await act("rollback", { ...shared, ...inputs });
}

async function act(action: string, inputs: Record<string, string>): Promise<ActionRunResult> {
  const env = { KUBECONFIG: kubeconfig() };
  return await runAction({ stub: await bundledStub(action), inputs, env });
}

interface Reporter {
  diagnostic(message: string): void;
}

/** Marks the load before and after, under the version's name. */
async function succeeds(running: Promise<ActionRunResult>, name: string, t: Reporter): Promise<void> {
  load.mark(`before ${name}`);
  const run = await running;
  load.mark(`after ${name}`);
  t.diagnostic(`${name}: ${run.outputs.outcome} in ${(run.durationMs / 1_000).toFixed(1)} s`);
  assert.equal(run.outputs.outcome, "succeeded", run.log);
  await sleep(500);
}

async function ended(t: Reporter): Promise<LoadReport> {
  await sleep(1_000);
  const report = await load.stop();
  t.diagnostic(describeLoad(report).join("\n"));
  return report;
}

/** The message that the user gets. */
function tell(t: Reporter, { annotations }: ActionRunResult): void {
  for (const { level, message } of annotations) t.diagnostic(`${level}: ${message}`);
}

function idleReplicas(): string {
  const active = inNamespace("get", "service", service, "-o", "jsonpath={.spec.selector.version}");
  return inNamespace(
    "get",
    "deployment",
    `web-${active === "blue" ? "green" : "blue"}`,
    "-o",
    "jsonpath={.spec.replicas}",
  );
}

/** When, on the load's clock, the first pod that was ready turned unready. */
function firstUnready(): { at(): number; stop(): Promise<void> } {
  const columns =
    "jsonpath={.metadata.name} {.status.conditions[?(@.type=='Ready')].status} {.metadata.deletionTimestamp}{'\\n'}";
  const watch = startKubectl(["--namespace", namespace, "get", "pods", "--watch", "--output", columns]);
  const ready = new Set<string>();
  let at: number | undefined;
  watch.stdout?.setEncoding("utf8").on("data", (text: string) => {
    for (const line of text.split("\n")) {
      const [pod = "", status, ending = ""] = line.split(" ");
      if (status === "True") ready.add(pod);
      else if (status === "False" && ending === "" && ready.has(pod)) at ??= load.mark("first pod unready");
    }
  });
  return {
    at: () => at ?? Number.NaN,
    stop: async () => {
      watch.kill();
      await once(watch, "exit");
    },
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
