import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type ActionRun, runAction } from "@cutover/workflow";
import { bundledStub } from "../bundled-stub.ts";
import { type Doors, openAskingShop } from "./asking-shop.ts";
import { run } from "./command.ts";
import { missingImage, publish } from "./images.ts";
import { kubectl } from "./kubectl.ts";
import { openPodDoor } from "./pod-door.ts";
import { type PostgresPair, postgresPassword, startPostgresPair } from "./postgres-pair.ts";
import { kubeconfigOf, resultsOf } from "./preflight-shop.ts";
import { type RedisPair, redisPassword, startRedisPair } from "./redis-pair.ts";
import { publishTools } from "./tools-image.ts";

/** What must end with the tests. */
const open = new AsyncDisposableStack();
const namespace = `probe-${Date.now().toString(36)}`;
const here = (...args: string[]): string => kubectl(["--namespace", namespace, ...args]);
let postgres: PostgresPair;
let redis: RedisPair;
let doors: Doors;
let tools: string;
let credentials: string;
let website: string;

before(async () => {
  const folder = mkdtempSync(join(tmpdir(), "cutover-probe-"));
  chmodSync(folder, 0o755);
  open.defer(() => rmSync(folder, { recursive: true, force: true }));
  const certificate = { file: join(folder, "server.pem"), key: join(folder, "server.key") };
  const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const files = ["-keyout", certificate.key, "-out", certificate.file, "-subj", "/CN=shop"];
  run("openssl", ["req", "-x509", "-days", "2", ...made, ...files]);
  postgres = open.use(await startPostgresPair(folder, certificate));
  redis = open.use(await startRedisPair(join(folder, "redis"), certificate));
  doors = {
    postgres: open.use(await openPodDoor(postgres.primary.port)),
    redis: open.use(await openPodDoor(redis.master.port)),
    nobody: open.use(await openPodDoor()),
  };
  tools = await publishTools();
  openAskingShop({ namespace, image: await publish("v1"), tools, doors });
  open.defer(() => void kubectl(["delete", "namespace", namespace, "--wait=false"]));
  here("rollout", "status", "deployment/web-blue", "--timeout=60s");
  website = `http://${here("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}")}`;
  credentials = kubeconfigOf(here("create", "token", "runner").trim());
});

after(() => open.disposeAsync());

test("one short Job reaches what only pods do, with the service's own addresses, under the restricted standard", async () => {
  const told = await asking({
    endpoints: `${website}/health contains=UP via=job`,
    tcp: `${doors.redis.address} via=job`,
    postgres: "$DATABASE_URL via=job",
    redis: "$REDIS_URL via=job",
  });
  assert.deepEqual(told, {
    rights: told.rights,
    endpoints: `pass: The probe Job reaches ${website}/health`,
    tcp: `pass: The probe Job reaches ${doors.redis.address}`,
    postgres: "pass: The probe Job reaches $DATABASE_URL",
    redis: "pass: The probe Job reaches $REDIS_URL",
  });
  assert.match(told.rights ?? "", /^pass/);
  assert.ok(doors.postgres.visits > 0 && doors.redis.visits > 1, "they came through the doors for pods");
  await isGone();
});

test("a pod of the active slot reaches the same by exec", async () => {
  const told = await asking({
    endpoints: `${website}/health via=pod`,
    tcp: `${doors.redis.address} via=pod`,
    postgres: "$DATABASE_URL via=pod",
    redis: "$REDIS_URL via=pod",
  });
  for (const verdict of Object.values(told)) assert.match(verdict ?? "", /^pass: /, JSON.stringify(told));
});

test("a Job that asks long is nobody's endpoint and holds no token, and a cancelled run removes it", async () => {
  const asked = new AbortController();
  const inputs = { ...always(), tcp: `${doors.nobody.address} via=job`, redis: "$NOBODY_URL via=job within=50s" };
  const before = doors.nobody.visits;
  const running = perform({ ...inputs, checks: "redis" }, { interruption: { when: asked.signal, how: "cancel" } });
  await until(() => doors.nobody.visits > before);
  const [pod] = JSON.parse(here("get", "pods", "--selector=job-name", "--output=json")).items;
  const services: { spec: { selector?: Record<string, string> } }[] = JSON.parse(
    here("get", "services", "--output=json"),
  ).items;
  for (const { spec } of services)
    assert.ok(Object.entries(spec.selector ?? {}).some(([name, value]) => pod.metadata.labels[name] !== value));
  assert.deepEqual(pod.spec.volumes ?? [], [], "no token is mounted");
  asked.abort();
  const { exitCode, signals, log } = await running;
  assert.deepEqual([exitCode, signals], [1, ["SIGINT"]], log);
  await isGone();
});

test("what is broken is told, each in its own words", async () => {
  const asked = {
    endpoints: `${website}/nowhere via=job`,
    tcp: "127.0.0.1:1 via=job",
    postgres: "$STALE_URL via=job\n$MANGLED_URL via=job",
    redis: "$NO_URL via=job",
  };
  const told = await asking(asked);
  assert.equal(told.endpoints, `fail: The probe Job gets no good answer from ${website}/nowhere: it answers 404`);
  assert.match(told.tcp ?? "", /^fail: The probe Job gets no good answer from 127\.0\.0\.1:1: /);
  assert.match(
    told.postgres ?? "",
    /^fail: .*password authentication failed for user "shop".*\n.*the address in it cannot be read/,
  );
  assert.equal(told.redis, "error: The probe Job has no variable NO_URL");
  await redis.master.stop();
  assert.match((await asking({ redis: "$REDIS_URL via=job" })).redis ?? "", /^fail: The probe Job gets no good answer/);
  await isGone();
});

test("a Job whose pod cannot run is told with its cause, and goes", async () => {
  const ask = async (inputs: Readonly<Record<string, string>> = {}) =>
    (await asking({ tcp: `${doors.redis.address} via=job`, ...inputs })).tcp ?? "";
  assert.match(
    await ask({ "probe-image": missingImage() }),
    /^error: .* its pod cannot pull .*: the registry does not/,
  );
  assert.match(
    await ask({ "probe-image": await publish("v1") }),
    /^error: .* its pod could not start container .*"sh"/,
  );
  here("create", "quota", "full", "--hard=pods=1");
  await until(() => here("get", "quota", "full", "-o", "jsonpath={.status.used.pods}") === "1");
  assert.match(await ask(), /^error: .* its pod was refused: .*exceeded quota: full/);
  await isGone();
});

type Inputs = Readonly<Record<string, string>>;

function always(): Inputs {
  return { kubeconfig: credentials, namespace, service: "web", "color-label": "version", "probe-image": tools };
}

/** Verdict and evidence of each check that is asked for, and of the rights, by the bundle. */
async function asking(inputs: Inputs): Promise<Readonly<Record<string, string | undefined>>> {
  const checks = ["endpoints", "tcp", "postgres", "redis"].filter((id) => id in inputs);
  const ended = await perform({ ...always(), checks: ["rights", ...checks].join(), ...inputs });
  return Object.fromEntries(resultsOf(ended).map(({ id, verdict, evidence }) => [id, `${verdict}: ${evidence}`]));
}

async function perform(inputs: Inputs, more: Partial<ActionRun> = {}) {
  const ended = await runAction({
    stub: await bundledStub("preflight"),
    inputs,
    env: { GITHUB_RUN_ID: "42" },
    ...more,
  });
  for (const secret of [postgresPassword, redisPassword, "wrong-password"]) assert.ok(!ended.log.includes(secret));
  return ended;
}

/** Jobs and their pods, but for what is still on its way. */
async function isGone(): Promise<void> {
  assert.equal(here("get", "jobs", "--output=name"), "");
  await until(() => here("get", "pods", "--selector=job-name", "--output=name") === "");
}

/** Waits, half a minute at most, until it is so. */
async function until(isSo: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 30_000; !isSo(); await sleep(100))
    assert.ok(Date.now() < deadline, `waited too long for ${String(isSo)}`);
}
