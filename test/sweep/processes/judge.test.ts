import assert from "node:assert/strict";
import { test } from "node:test";
import { openShop } from "../../journeys/open-shop.ts";
import { contentOf, liesOf, wrongsOfCancelled } from "./judge.ts";

test("the judge of processes believes an honest run, and no other", async () => {
  await using shop = await openShop();
  const run = await shop.deploy({ images: "app=registry.example/shop:v2" });
  const judged = (more: Partial<typeof run>) => liesOf({ ...run, ...more }, shop.sandbox, ["shop"]);
  assert.deepEqual([contentOf(shop.sandbox, "shop"), judged({})], ["v2", []]);
  const wrongPlace = { ...run.outputs, services: JSON.stringify({ shop: { color: "blue", revision: 2 } }) };
  assert.deepEqual(judged({ outputs: wrongPlace }), [
    "it says that shop is on blue, revision 2, and it is on green, revision 2",
  ]);
  assert.deepEqual(judged({ outputs: { ...run.outputs, outcome: "failed" } }), ["exit code 0 with failed"]);
  assert.deepEqual(judged({ exitCode: 1, conclusion: "failure" }), [
    "exit code 1 with succeeded",
    "a failure without exactly one error",
  ]);
  assert.deepEqual(wrongsOfCancelled({ ...run, exitCode: 1, signals: ["SIGINT", "SIGTERM"], durationMs: 7_600 }), [
    "it needed SIGINT,SIGTERM and 7600 ms; 7500 ms are the budget",
    "it does not say that it was cancelled",
    "it does not say what it left: ",
  ]);
});
