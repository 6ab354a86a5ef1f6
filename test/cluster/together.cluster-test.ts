import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ActionRunResult } from "@cutover/workflow";
import { type FixtureNames, publishFixture } from "./fixture-names.ts";
import { openShopUnderLoad, type ShopUnderLoad } from "./shop-under-load.ts";

/** All that one team releases together. */
const services = ["web", "api", "cart"];

let fixture: FixtureNames;
let shop: ShopUnderLoad;

before(async () => {
  fixture = await publishFixture();
  shop = await openShopUnderLoad(services, fixture);
});

after(() => shop[Symbol.asyncDispose]());

const image = (version: string) => ({ images: `website=${fixture.image(version)}` });

test("three services are released together, and rolled back together", async () => {
  const released = await shop.run("blue-green-deploy", image("v2"));
  assert.deepEqual(outcome(released), ["succeeded", ...all("succeeded green 2")], released.log);
  await serve("v2");
  const back = await shop.run("rollback", {});
  assert.deepEqual(outcome(back), ["succeeded", ...all("succeeded blue 1")], back.log);
  await serve("v1");
});

test("one that never becomes ready keeps all of them where they are", async () => {
  const bad = await shop.run("blue-green-deploy", { ...image("v4-never-ready"), timeout: "15s" });
  assert.deepEqual(outcome(bad), ["failed", ...all("failed blue 1")], bad.log);
  await serve("v1");
});

test("what was approved is promoted, and the old slots are retired once that is signed off", async () => {
  // A smoke command reaches the preview through the API server, on a connection that is upgraded.
  const asks = `"${process.execPath}" -e 'fetch(process.env.PREVIEW_URL).then((answer) => process.exit(answer.headers.get("x-version") === "v3" ? 0 : 1))'`;
  const waiting = await shop.run("blue-green-deploy", { ...image("v3"), switch: "manual", smoke: asks });
  assert.deepEqual(outcome(waiting), ["succeeded", ...all("succeeded blue 1")], waiting.log);
  assert.ok(shop.proxy.requests.some(({ resource }) => resource === "pods/portforward"));
  await serve("v1");

  const { preview: approved = "" } = waiting.outputs;
  const promoted = await shop.run("promote", { approved });
  assert.deepEqual(outcome(promoted), ["succeeded", ...all("succeeded green 4")], promoted.log);
  await serve("v3");

  const retired = await shop.run("retire", {});
  assert.deepEqual(outcome(retired), ["succeeded", ...all("succeeded green 4")], retired.log);
  assert.deepEqual(await oldSlots(), [0, 0, 0]);
  const deleted = await shop.run("retire", { how: "delete" });
  assert.deepEqual(outcome(deleted), ["succeeded", ...all("succeeded green 4")], deleted.log);
  assert.deepEqual(await oldSlots(), [undefined, undefined, undefined]);
  await serve("v3");
});

test("a rollback brings back what was deleted", async () => {
  const back = await shop.run("rollback", {});
  assert.deepEqual(outcome(back), ["succeeded", ...all("succeeded blue 1")], back.log);
  await serve("v1");
});

test("and no request was lost", async (t) => {
  t.diagnostic(`${await shop.close((line) => t.diagnostic(line))} requests, none lost`);
});

async function serve(version: string): Promise<void> {
  await Promise.all(services.map((service) => shop.serves(service, version)));
}

function all(ending: string): string[] {
  return services.map((service) => `${service} ${ending}`);
}

/** Pods that the blue slots ask for; `undefined` for one that is gone. */
async function oldSlots(): Promise<(number | undefined)[]> {
  return await Promise.all(services.map((service) => shop.replicas(service, "blue")));
}

function outcome({ outputs: { outcome: whole = "", services: each = "{}" } }: ActionRunResult): string[] {
  const ends: Record<string, { outcome: string; color: string; revision: number }> = JSON.parse(each);
  return [whole, ...Object.entries(ends).map(([name, end]) => `${name} ${end.outcome} ${end.color} ${end.revision}`)];
}
