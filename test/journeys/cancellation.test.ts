import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { delay, type LoggedRequest, realClock } from "@cutover/sandbox";
import type { ActionRunResult } from "@cutover/workflow";
import { activeColor, history, lockHolder, type OpenShop, openShop } from "./open-shop.ts";
import { shop as shopOptions } from "./shop.ts";

const v2 = { images: "app=registry.example/shop:v2" };
const outputs = [
  "color",
  "images",
  "outcome",
  "preview",
  "previous-color",
  "previous-revision",
  "reason",
  "report",
  "revision",
  "services",
  "state",
];

function endedWell(run: ActionRunResult): void {
  assert.deepEqual([run.exitCode, run.signals], [1, ["SIGINT"]], run.log);
  assert.ok(run.durationMs < 7_500);
  assert.deepEqual(new Set(Object.keys(run.outputs)), new Set(outputs));
}

test("a job that is cancelled while pods start leaves the traffic alone, and the next run finishes", async () => {
  await using shop = await openShop();
  const run = await shop.deploy(
    { images: "app=registry.example/shop:never-ready" },
    { interruption: { when: /0 of 2 pods ready/, how: "cancel" } },
  );
  endedWell(run);
  assert.deepEqual(
    [run.outputs.outcome, run.outputs.reason, run.outputs.color],
    ["failed", "Cancelled (SIGINT) between two steps", "blue"],
  );
  assert.deepEqual([activeColor(shop), lockHolder(shop), run.post?.log], ["blue", undefined, ""]);
  const next = await shop.deploy(v2);
  assert.deepEqual([next.outputs.outcome, activeColor(shop)], ["succeeded", "green"], next.log);
});

test("a job that is cancelled while it soaks leaves the traffic on the new slot, and a rerun confirms it", async () => {
  await using shop = await openShop();
  const run = await shop.deploy(
    { ...v2, soak: "1h" },
    { interruption: { when: /Watching green under traffic/, how: "cancel" } },
  );
  endedWell(run);
  assert.deepEqual([run.outputs.outcome, run.outputs.color, run.outputs.revision], ["failed", "green", "2"]);
  assert.deepEqual([activeColor(shop), lockHolder(shop)], ["green", undefined]);
  assert.deepEqual(history(shop), ["1 confirmed", "2 open"]);
  const next = await shop.deploy(v2);
  assert.deepEqual([next.outputs.outcome, next.outputs.revision], ["succeeded", "2"], next.log);
  assert.deepEqual(history(shop), ["1 confirmed", "2 confirmed"]);
});

for (const step of ["Lock and claim", "Wait until green is ready", "Switch traffic"]) {
  test(`a job that is killed at "${step}" is finished by the next one`, async () => {
    await using shop = await openShop();
    const killed = await shop.deploy(v2, { interruption: { when: new RegExp(`::group::${step}`), how: "kill" } });
    assert.deepEqual([killed.exitCode, killed.signals, killed.post?.conclusion], [undefined, ["SIGKILL"], "success"]);
    assert.equal(lockHolder(shop), undefined, "post frees the lock");
    const next = await shop.deploy(v2);
    assert.deepEqual([next.outputs.outcome, next.outputs.revision], ["succeeded", "2"], next.log);
    assert.deepEqual([activeColor(shop), history(shop)], ["green", ["1 confirmed", "2 confirmed"]]);
  });
}

/** A run that was killed when its switch was on its way; `arrive` lets the API server have it at last. */
async function killedAtSwitch(): Promise<{ shop: OpenShop; arrive: () => Promise<void> }> {
  const gate = Promise.withResolvers<void>();
  // Nothing but a delayed request sleeps by the sandbox's clock.
  const shop = await openShop({ ...shopOptions(), clock: { ...realClock(), sleep: () => gate.promise } });
  const isSent = new AbortController();
  const killed = shop.start("blue-green-deploy", v2, { interruption: { when: isSent.signal, how: "kill" } });
  await killed.says(/::group::Wait until green is ready/);
  // The next write on the Service is the switch.
  shop.sandbox.fault({ when: { verb: "patch", path: /\/services\/shop$/ }, what: delay(1) });
  const isSwitch = ({ isWrite, path, body }: LoggedRequest) =>
    isWrite && path.endsWith("/services/shop") && JSON.stringify(body).includes("selector");
  while (!shop.sandbox.requests.some(isSwitch)) await sleep(2);
  isSent.abort();
  assert.equal((await killed.ended).exitCode, undefined);
  assert.equal(activeColor(shop), "blue");
  const arrive = async () => {
    gate.resolve();
    await sleep(0);
  };
  return { shop, arrive };
}

test("a switch that arrives after its run was killed is found by the next run", async () => {
  const { shop, arrive } = await killedAtSwitch();
  await using _ = shop;
  await arrive();
  assert.equal(activeColor(shop), "green");
  const next = await shop.deploy(v2);
  assert.deepEqual([next.outputs.outcome, next.outputs.color, next.outputs.revision], ["succeeded", "green", "2"]);
});

test("a switch that arrives after its run was killed and replaced moves nothing", async () => {
  const { shop, arrive } = await killedAtSwitch();
  await using _ = shop;
  const next = await shop.deploy({ ...v2, switch: "manual" });
  assert.deepEqual([next.outputs.outcome, next.outputs.color], ["succeeded", "blue"], next.log);
  await arrive();
  assert.equal(activeColor(shop), "blue");
});

test("a lock whose runner died with the job is taken by a rollback at once", async () => {
  await using shop = await openShop();
  const died = await shop.deploy(
    { ...v2, soak: "1h" },
    { interruption: { when: /Watching green under traffic/, how: "kill" }, runnerDies: true },
  );
  assert.equal(died.post, undefined);
  assert.match(String(lockHolder(shop)), /^acme\/shop\//);
  const back = await shop.rollback();
  assert.deepEqual(
    [back.outputs.outcome, back.outputs.color, back.outputs.revision],
    ["succeeded", "blue", "1"],
    back.log,
  );
  assert.deepEqual([history(shop), lockHolder(shop)], [["1 confirmed", "2 failed"], undefined]);
});
