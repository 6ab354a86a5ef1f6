import assert from "node:assert/strict";
import { test } from "node:test";
import { activeColor, failureOf, history, type Inputs, type OpenShop, openShop, replicas } from "./open-shop.ts";

const v2 = { images: "app=registry.example/shop:v2" };
const retire = (shop: OpenShop, inputs: Inputs = {}) => shop.start("retire", inputs).ended;

test("the old slot is scaled down after the sign-off, then deleted, and a rollback still goes back to it; a preview stays", async () => {
  await using shop = await openShop();
  await shop.deploy({ ...v2, switch: "manual" });
  const waiting = await retire(shop);
  const kept = "Service shop serves revision 1 from blue; green holds revision 2, which is newer, and stays";
  assert.deepEqual([waiting.outputs.outcome, waiting.outputs.reason], ["succeeded", kept], waiting.log);

  await shop.deploy(v2);
  const early = await retire(shop, { revision: "1" });
  assert.equal(early.outputs.outcome, "refused");
  assert.match(failureOf(early), /^Service shop serves revision 2, and not revision 1\n/);
  assert.deepEqual([early.groups, replicas(shop)], [[], { blue: 2, green: 2 }]);

  const signedOff = await retire(shop, { revision: "2" });
  const reason = "Service shop serves revision 2 from green; blue is scaled down";
  assert.deepEqual([signedOff.outputs.outcome, signedOff.outputs.reason], ["succeeded", reason], signedOff.log);
  assert.deepEqual([signedOff.annotations, replicas(shop)], [[], { blue: 0, green: 2 }]);
  const planned = await retire(shop, { how: "delete", "dry-run": "true" });
  assert.match(planned.log, /^2\. Delete blue$/m);
  const deleted = await retire(shop, { how: "delete" });
  assert.deepEqual([deleted.outputs["previous-color"], replicas(shop)], ["", { green: 2 }], deleted.log);
  assert.deepEqual(history(shop), ["1 confirmed", "2 confirmed"]);
  const back = await shop.rollback();
  assert.deepEqual([back.outputs.outcome, activeColor(shop)], ["succeeded", "blue"], back.log);
});
