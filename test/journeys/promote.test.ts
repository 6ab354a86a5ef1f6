import assert from "node:assert/strict";
import { test } from "node:test";
import {
  activeColor,
  failureOf,
  history,
  type Inputs,
  lockHolder,
  type OpenShop,
  openShop,
  replicas,
} from "./open-shop.ts";
import { emptyTown, mall, manifests } from "./shop.ts";
import { versionAt, visit } from "./traffic.ts";

const v2 = { images: "app=registry.example/shop:v2" };
const v3 = { images: "app=registry.example/shop:v3" };

/** What a release says is to be approved. */
async function preview(shop: OpenShop, inputs: Inputs = v2): Promise<{ approved: string }> {
  const { outputs, log } = await shop.deploy({ ...inputs, switch: "manual" });
  assert.equal(outputs.outcome, "succeeded", log);
  const { preview: approved = "" } = outputs;
  return { approved };
}

test("the preview that was approved gets the traffic, scaled up again, once", async () => {
  await using shop = await openShop();
  const { url } = await shop.sandbox.openService("shop", "shop");
  await using visitors = visit(url);
  const waiting = await preview(shop);
  const { hash, ...told } = JSON.parse(waiting.approved).shop;
  assert.match(hash, /^[0-9a-f]{16}$/);
  assert.deepEqual(told, { color: "green", revision: 2, images: { app: "registry.example/shop:v2" }, active: 1 });
  scale(shop, "shop-green", 0);

  const planned = await shop.start("promote", { ...waiting, "dry-run": "true" }).ended;
  assert.deepEqual([planned.outputs.outcome, activeColor(shop), replicas(shop).green], ["succeeded", "blue", 0]);
  const promoted = await shop.start("promote", { ...waiting, previous: "scale-down" }).ended;
  assert.deepEqual([promoted.outputs.outcome, promoted.outputs.revision], ["succeeded", "2"], promoted.log);
  assert.deepEqual(
    promoted.groups.map(({ title }) => title),
    [
      "Lock and claim",
      "Prepare green with revision 2",
      "Wait until green is ready",
      "Probe the preview pods of green",
      "Switch traffic from blue to green",
      "Confirm that green serves revision 2",
      "Soak green",
      "Mark revision 2 confirmed",
      "Scale blue down",
    ],
  );
  assert.deepEqual([history(shop), replicas(shop)], [["1 confirmed", "2 confirmed"], { blue: 0, green: 2 }]);
  assert.match(promoted.summary, /^## ✅ shop serves revision 2 from green\n/);

  const twice = await shop.start("promote", waiting).ended;
  assert.deepEqual([twice.outputs.outcome, twice.groups], ["succeeded", []], twice.log);
  const now = JSON.parse((await preview(shop)).approved);
  assert.deepEqual(now, { shop: { ...told, hash, active: 2 } }, "approves what serves");
  const { versions, lost } = await visitors.leave();
  assert.deepEqual([versions, lost], [["v1", "v2"], []]);
});

test("a preview that is another one by now is refused, and so is one that a rollback left", async () => {
  await using shop = await openShop();
  const first = await preview(shop);
  const second = await preview(shop, v3);
  const late = await shop.start("promote", first).ended;
  assert.deepEqual([late.outputs.outcome, activeColor(shop), late.groups], ["refused", "blue", []]);
  assert.equal(
    failureOf(late),
    "Revision 2 of Service shop is not what was approved: Deployment shop-green holds revision 3\nTraffic stayed on blue (revision 1); nothing was switched.\nWhat to do: Run blue-green-deploy with `switch: manual` again, and have approved what that proves.",
  );
  await shop.start("promote", second).ended;
  await shop.rollback();
  const again = await shop.start("promote", second).ended;
  assert.match(failureOf(again), /^Revision 3 of Service shop is not what was approved: it has failed since\n/);
  assert.equal(activeColor(shop), "blue");
});

test("a promotion that is killed at its switch is finished by its rerun", async () => {
  await using shop = await openShop();
  const waiting = await preview(shop);
  const killed = await shop.start("promote", waiting, { interruption: { when: /::group::Confirm/, how: "kill" } })
    .ended;
  assert.deepEqual([killed.exitCode, activeColor(shop), history(shop)[1]], [undefined, "green", "2 open"]);
  assert.equal(lockHolder(shop), undefined, "post frees the lock");
  const rerun = await shop.start("promote", waiting).ended;
  assert.deepEqual([rerun.outputs.outcome, history(shop)[1]], ["succeeded", "2 confirmed"], rerun.log);
});

test("a first release is approved before its Service is there", async () => {
  await using shop = await openShop(emptyTown());
  shop.checkOut({ "shop.yaml": manifests("v1", "hello") });
  const waiting = await preview(shop, { manifests: "shop.yaml" });
  assert.equal(shop.sandbox.registry.store.get("Service", "shop", "shop"), undefined);
  const promoted = await shop.start("promote", waiting).ended;
  assert.equal(promoted.outputs.outcome, "succeeded", promoted.log);
  assert.equal(activeColor(shop), "blue");
  assert.equal(await versionAt((await shop.sandbox.openService("shop", "shop")).url), "v1");
});

test("several are promoted together, or none if one of them is not what was approved", async () => {
  const names = ["web", "api"];
  await using shop = await openShop(mall(names), { service: names.join("\n") });
  const images = names.map((name) => `${name}=registry.example/shop:v2`).join("\n");
  const waiting = await preview(shop, { images });
  const one = JSON.parse(waiting.approved);
  const stray = await shop.start("promote", { approved: JSON.stringify({ web: one.web, cart: one.api }) }).ended;
  assert.match(failureOf(stray), /approved: expected what was approved of api.*\n.*approved: cart was approved too/);
  one.api.images = { api: "registry.example/shop:v3" };
  const { outputs, log } = await shop.start("promote", { approved: JSON.stringify(one) }).ended;
  assert.equal(outputs.outcome, "refused", log);
  assert.deepEqual(
    names.map((name) => activeColor(shop, "color", name)),
    ["blue", "blue"],
  );
  const promoted = await shop.start("promote", waiting).ended;
  assert.equal(promoted.outputs.outcome, "succeeded", promoted.log);
  assert.deepEqual(
    names.map((name) => activeColor(shop, "color", name)),
    ["green", "green"],
  );
});

/** As somebody does by hand, without a word to cutover. */
function scale({ sandbox }: OpenShop, name: string, pods: number): void {
  const { registry } = sandbox;
  const target = { kind: "Deployment", namespace: "shop", name } as const;
  registry.update(target, (live) => ({ ...live, spec: { ...live.spec, replicas: pods } }), { manager: "kubectl" });
}
