import assert from "node:assert/strict";
import { test } from "node:test";
import type { ActionRunResult } from "@cutover/workflow";
import { activeColor, failureOf, history, type Inputs, lockHolder, type OpenShop, openShop } from "./open-shop.ts";
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

test("the preview that was approved gets the traffic, whatever happens to its pods and its run", async () => {
  await using shop = await openShop();
  const { url } = await shop.sandbox.openService("shop", "shop");
  await using visitors = visit(url);
  const before = await preview(shop);
  const waiting = await preview(shop, v3);
  const { hash, ...told } = JSON.parse(waiting.approved).shop;
  assert.match(hash, /^[0-9a-f]{16}$/);
  assert.deepEqual(told, { color: "green", revision: 3, images: { app: "registry.example/shop:v3" }, active: 1 });

  const late = await shop.start("promote", before).ended;
  assert.deepEqual([late.outputs.outcome, activeColor(shop), late.groups], ["refused", "blue", []]);
  assert.equal(
    failureOf(late),
    "Revision 2 of Service shop is not what was approved: Deployment shop-green holds revision 3\nTraffic stayed on blue (revision 1); nothing was switched.\nWhat to do: Run blue-green-deploy with `switch: manual` again, and have approved what that proves.",
  );

  scale(shop, "shop-green", 0);
  const killed = await shop.start("promote", waiting, { interruption: { when: /::group::Confirm/, how: "kill" } })
    .ended;
  assert.deepEqual([killed.exitCode, activeColor(shop), history(shop).at(-1)], [undefined, "green", "3 open"]);
  assert.equal(lockHolder(shop), undefined, "post frees the lock");
  assert.deepEqual(titles(killed), [
    "Lock and claim",
    "Prepare green with revision 3",
    "Wait until green is ready",
    "Probe the preview pods of green",
    "Switch traffic from blue to green",
    "Confirm that green serves revision 3",
  ]);
  const rerun = await shop.start("promote", { ...waiting, previous: "scale-down" }).ended;
  assert.deepEqual(
    [rerun.outputs.outcome, rerun.outputs.revision, history(shop).at(-1)],
    ["succeeded", "3", "3 confirmed"],
    rerun.log,
  );
  assert.deepEqual(titles(rerun), [
    "Lock and claim",
    "Confirm that green serves revision 3",
    "Soak green",
    "Mark revision 3 confirmed",
    "Scale blue down",
  ]);
  assert.match(rerun.summary, /^## ✅ shop serves revision 3 from green\n/);

  const twice = await shop.start("promote", waiting).ended;
  assert.deepEqual([twice.outputs.outcome, twice.groups], ["succeeded", []], twice.log);
  const { versions, lost } = await visitors.leave();
  assert.deepEqual([versions, lost], [["v1", "v3"], []]);
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

test("several are promoted together, each to what was approved of it", async () => {
  const names = ["web", "api"];
  await using shop = await openShop(mall(names), { service: names.join("\n") });
  const waiting = await preview(shop, { images: names.map((name) => `${name}=registry.example/shop:v2`).join("\n") });
  const { web, api } = JSON.parse(waiting.approved);
  const stray = await shop.start("promote", { approved: JSON.stringify({ web, cart: api }) }).ended;
  assert.match(failureOf(stray), /approved: expected what was approved of api.*\n.*approved: cart was approved too/);
  const promoted = await shop.start("promote", waiting).ended;
  assert.equal(promoted.outputs.outcome, "succeeded", promoted.log);
  assert.deepEqual(
    names.map((name) => activeColor(shop, "color", name)),
    ["green", "green"],
  );
});

function titles({ groups }: ActionRunResult): string[] {
  return groups.map(({ title }) => title);
}

/** As somebody does by hand, without a word to cutover. */
function scale({ sandbox }: OpenShop, name: string, pods: number): void {
  const { registry } = sandbox;
  const target = { kind: "Deployment", namespace: "shop", name } as const;
  registry.update(target, (live) => ({ ...live, spec: { ...live.spec, replicas: pods } }), { manager: "kubectl" });
}
