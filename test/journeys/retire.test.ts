import assert from "node:assert/strict";
import { test } from "node:test";
import { activeColor, failureOf, history, type Inputs, type OpenShop, openShop, replicas } from "./open-shop.ts";
import { mall } from "./shop.ts";

const version = (tag: string) => ({ images: `app=registry.example/shop:${tag}` });
const retire = (shop: OpenShop, inputs: Inputs = {}) => shop.start("retire", inputs).ended;

test("the old slot is scaled down after the sign-off, then deleted, and a rollback still goes back to it", async () => {
  await using shop = await openShop();
  await shop.deploy(version("v2"));
  const early = await retire(shop, { revision: "1" });
  assert.equal(early.outputs.outcome, "refused");
  assert.match(failureOf(early), /^Service shop serves revision 2, and not revision 1\n/);
  assert.deepEqual([early.groups, replicas(shop)], [[], { blue: 2, green: 2 }]);

  const signedOff = await retire(shop, { revision: "2" });
  const reason = "Service shop serves revision 2 from green; blue is scaled down";
  assert.deepEqual([signedOff.outputs.outcome, signedOff.outputs.reason], ["succeeded", reason], signedOff.log);
  assert.deepEqual([signedOff.annotations, replicas(shop)], [[], { blue: 0, green: 2 }]);
  const twice = await retire(shop);
  assert.deepEqual([twice.outputs.outcome, twice.groups], ["succeeded", []], twice.log);

  const planned = await retire(shop, { how: "delete", "dry-run": "true" });
  assert.match(planned.log, /^2\. Delete blue$/m);
  const deleted = await retire(shop, { how: "delete" });
  assert.deepEqual([deleted.outputs["previous-color"], replicas(shop)], ["", { green: 2 }], deleted.log);
  assert.deepEqual(history(shop), ["1 confirmed", "2 confirmed"]);
  const back = await shop.rollback();
  assert.deepEqual([back.outputs.outcome, activeColor(shop)], ["succeeded", "blue"], back.log);
});

test("a preview that waits for its switch is kept, and so is the way back from a release that is not confirmed", async () => {
  await using shop = await openShop();
  await shop.deploy({ ...version("v2"), switch: "manual" });
  const waiting = await retire(shop);
  const reason = "Service shop serves revision 1 from blue; green holds revision 2, which is newer, and stays";
  assert.deepEqual([waiting.outputs.outcome, waiting.outputs.reason], ["succeeded", reason], waiting.log);

  await shop.deploy(version("v2"), { interruption: { when: /::group::Soak/, how: "kill" } });
  const open = await retire(shop);
  assert.match(failureOf(open), /^What Service shop serves is not proved: revision 2 is not confirmed\n/);
  assert.deepEqual([open.outputs.outcome, replicas(shop)], ["refused", { blue: 2, green: 2 }]);
});

test("of several services all old slots go, or none", async () => {
  const names = ["web", "api"];
  await using shop = await openShop(mall(names), { service: names.join("\n") });
  const replicasOfAll = () => names.map((name) => replicas(shop, name).blue);
  const images = (of: readonly string[]) => of.map((name) => `${name}=registry.example/shop:v2`).join("\n");
  await shop.deploy({ service: "web", images: images(["web"]) });
  const refused = await retire(shop);
  assert.deepEqual([refused.outputs.outcome, replicasOfAll()], ["refused", [2, 2]], refused.log);
  await shop.deploy({ service: "api", images: images(["api"]) });
  const retired = await retire(shop);
  assert.deepEqual([retired.outputs.outcome, replicasOfAll()], ["succeeded", [0, 0]], retired.log);
});
