import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../json.ts";
import { ask, conditionsOf, virtualSandbox } from "../test-shop.ts";
import { parseCron } from "./cron-schedule.ts";

const images = {
  "job:good": { version: "1", crash: { afterMs: 1_000, exitCode: 0 } },
  "job:bad": { version: "1", crash: { afterMs: 100, exitCode: 1 } },
  "job:long": { version: "1", stopMs: 2_000 },
  "job:asks": { version: "1", commands: { "ask one": { exitCode: 3, output: "", message: "no answer" } } },
} as const;

function job(image: string, spec: JsonObject = {}): JsonObject {
  const template = { spec: { restartPolicy: "Never", containers: [{ name: "app", image }] } };
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "job", namespace: "shop" },
    spec: { template, ...spec },
  };
}

async function run(image: string, spec: JsonObject, ms: number) {
  const sandbox = await virtualSandbox({ images, objects: [job(image, spec)] });
  await sandbox.clock.advance(ms);
  const { store } = sandbox.registry;
  const events = (): string[] =>
    store
      .list("Event", "shop")
      .filter((event) => String(event.reportingComponent) === "job-controller")
      .map(({ reason }) => String(reason));
  return { sandbox, events, live: () => store.get("Job", "shop", "job"), pods: () => store.list("Pod", "shop") };
}

test("a Job runs until it has its completions, a few at a time", async () => {
  const { sandbox, live, pods, events } = await run("job:good", { completions: 5, parallelism: 2 }, 500);
  await using _ = sandbox;
  assert.deepEqual([live()?.status.active, pods().length], [2, 2]);
  await sandbox.clock.advance(10_000);
  const { succeeded, active, conditions, completionTime } = live()?.status ?? {};
  assert.deepEqual([succeeded, active, pods().length, typeof completionTime], [5, undefined, 5, "string"]);
  assert.deepEqual(
    conditions?.map(({ type, reason }) => `${type} ${reason}`),
    ["SuccessCriteriaMet CompletionsReached", "Complete CompletionsReached"],
  );
  assert.ok(events().includes("Completed"));
});

test("a command that is a container's own ends it as the image has it, with its message", async () => {
  const containers = ["one", "two"].map((name) => ({ name, image: "job:asks", command: ["ask", name] }));
  const template = { spec: { restartPolicy: "Never", containers } };
  const { sandbox, live, pods } = await run(
    "job:asks",
    { template, backoffLimit: 0, activeDeadlineSeconds: 20 },
    5_000,
  );
  await using _ = sandbox;
  const [one, two] = pods()[0]?.status.containerStatuses ?? [];
  const { exitCode, reason, message } = one?.state.terminated ?? {};
  assert.deepEqual([exitCode, reason, message], [3, "Error", "no answer"]);
  assert.notEqual(two?.state.running, undefined);
  assert.deepEqual(conditionsOf(live()), {});
  await sandbox.clock.advance(20_000);
  assert.equal(conditionsOf(live()).Failed, "True DeadlineExceeded");
});

test("a Job leaves its pods behind unless its deletion says otherwise", async () => {
  for (const [policy, left] of [
    ["", 1],
    ["?propagationPolicy=Background", 0],
  ] as const) {
    const { sandbox, live, pods } = await run("job:long", {}, 500);
    await using _ = sandbox;
    await ask(sandbox, `DELETE batch/v1 jobs/job${policy}`);
    await sandbox.clock.advance(60_000);
    assert.deepEqual([live(), pods().length], [undefined, left], policy);
  }
});

test("a Job whose pods fail waits longer each time, and gives up at its limit", async () => {
  const { sandbox, live, pods, events } = await run("job:bad", { backoffLimit: 2 }, 9_000);
  await using _ = sandbox;
  assert.equal(pods().length, 1);
  await sandbox.clock.advance(2_500);
  assert.equal(pods().length, 2);
  await sandbox.clock.advance(25_000);
  assert.deepEqual(
    [live()?.status.failed, conditionsOf(live())],
    [3, { FailureTarget: "True BackoffLimitExceeded", Failed: "True BackoffLimitExceeded" }],
  );
  assert.ok(events().includes("BackoffLimitExceeded"));
});

test("a Job that takes too long is ended, and says it failed once its pod is gone", async () => {
  const { sandbox, live, pods } = await run("job:long", { activeDeadlineSeconds: 4 }, 5_000);
  await using _ = sandbox;
  assert.deepEqual(conditionsOf(live()), { FailureTarget: "True DeadlineExceeded" });
  await sandbox.clock.advance(3_000);
  assert.equal(conditionsOf(live()).Failed, "True DeadlineExceeded");
  assert.deepEqual(pods(), []);
});

test("a suspended Job has no pods; an old one goes with them", async () => {
  const { sandbox, live, pods } = await run("job:good", { suspend: true, ttlSecondsAfterFinished: 10 }, 1_000);
  await using _ = sandbox;
  assert.deepEqual([conditionsOf(live()), pods()], [{ Suspended: "True JobSuspended" }, []]);
  await ask(sandbox, "merge batch/v1 jobs/job", { spec: { suspend: false } });
  await sandbox.clock.advance(3_000);
  assert.equal(conditionsOf(live()).Complete, "True CompletionsReached");
  await sandbox.clock.advance(12_000);
  assert.deepEqual([live(), pods()], [undefined, []]);
});

test("a CronJob starts Jobs on the minute, keeps some of them, and skips one while another runs", async () => {
  const { template } = job("job:good").spec as JsonObject;
  const cron = (name: string, image: JsonObject, spec: JsonObject): JsonObject => ({
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name, namespace: "shop" },
    spec: { schedule: "* * * * *", jobTemplate: { spec: { template: image } }, ...spec },
  });
  const { template: long } = job("job:long").spec as JsonObject;
  const objects = [
    cron("quick", template as JsonObject, { successfulJobsHistoryLimit: 1 }),
    cron("slow", long as JsonObject, { concurrencyPolicy: "Forbid" }),
  ];
  await using sandbox = await virtualSandbox({ images, objects });
  await sandbox.clock.advance(150_000);
  const { store } = sandbox.registry;
  assert.deepEqual(
    store.list("Job", "shop").map(({ metadata }) => metadata.name.replace(/\d+$/, "")),
    ["quick-", "slow-"],
  );
  const quick = store.get("CronJob", "shop", "quick");
  assert.deepEqual([quick?.status.active, quick?.status.lastScheduleTime], [undefined, "2030-01-01T00:02:00Z"]);
  assert.equal(quick?.status.lastSuccessfulTime, "2030-01-01T00:02:01Z");
  assert.equal(store.get("CronJob", "shop", "slow")?.status.active?.length, 1);
  assert.ok(store.list("Event", "shop").some(({ reason }) => reason === "JobAlreadyActive"));
});

const schedules: readonly [string, string | undefined, string, string | undefined][] = [
  ["*/15 * * * *", undefined, "2030-01-01T00:07:30Z", "2030-01-01T00:15:00Z"],
  ["30 4 * * mon-fri", undefined, "2030-01-04T05:00:00Z", "2030-01-07T04:30:00Z"],
  ["0 0 13 * 5", undefined, "2030-01-01T00:00:00Z", "2030-01-04T00:00:00Z"],
  ["30 2 * * *", "Europe/Berlin", "2030-07-01T12:00:00Z", "2030-07-02T00:30:00Z"],
  ["0 0 30 2 *", undefined, "2030-01-01T00:00:00Z", undefined],
  ["@weekly", undefined, "2030-01-01T00:00:00Z", "2030-01-06T00:00:00Z"],
];

for (const [text, zone, after, expected] of schedules) {
  test(`${text}${zone ? ` in ${zone}` : ""} comes next after ${after}`, () => {
    const next = parseCron(text, zone)?.next(Date.parse(after));
    assert.equal(next, expected === undefined ? undefined : Date.parse(expected));
  });
}

test("what is no schedule is none", () => {
  for (const text of ["* * * *", "60 * * * *", "5-1 * * * *", "*/0 * * * *", "x * * * *"])
    assert.equal(parseCron(text), undefined);
  assert.equal(parseCron("* * * * *", "Nowhere/Town"), undefined);
});
