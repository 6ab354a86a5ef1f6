import assert from "node:assert/strict";
import { test } from "node:test";
import { openShop } from "./open-shop.ts";
import { emptyTown, manifests } from "./shop.ts";

test("a dry run shows the steps and what each object would become, and writes nothing", async () => {
  await using shop = await openShop();
  const run = await shop.deploy({ images: "app=registry.example/shop:v2", "dry-run": "true", previous: "scale-down" });
  assert.equal(run.outputs.outcome, "succeeded", run.log);
  assert.deepEqual([run.outputs.color, run.outputs.reason], ["blue", "Dry run: 12 steps; nothing was written"]);
  const steps = run.log.split("\n").filter((line) => /^\d+\. /.test(line));
  assert.deepEqual(steps.slice(3, 5), ["4. Record the release for green", "5. Prepare green with revision 2"]);
  assert.match(run.log, /^ *-.*image: registry\.example\/shop:v1$/m);
  assert.match(run.log, /^ *\+.*image: registry\.example\/shop:v2$/m);
  assert.match(run.log, /^ *- +color: blue$/m);
  assert.match(run.log, /^ *\+ +color: green$/m);
  assert.match(run.summary, /### Plan for shop/);
  assert.deepEqual(
    shop.sandbox.requests.filter(({ isWrite }) => isWrite),
    [],
  );
});

test("a rollback's dry run shows what there is to go back to", async () => {
  await using shop = await openShop();
  const release = await shop.deploy({ images: "app=registry.example/shop:v2" });
  assert.equal(release.outputs.outcome, "succeeded", release.log);
  const { summary } = await shop.rollback({ "dry-run": "true" });
  assert.match(summary, /\| blue \| shop-blue \| 1 \| 2 of 2 ready \|\n\| green \| shop-green \| 2 \| 2 of 2 ready \|/);
  assert.match(summary, /\| 2 \| confirmed \| .*shop&#58;v2<.*\n\| 1 \| confirmed \| .*shop&#58;v1</);
});

test("a dry run of manifests hides what Secrets hold", async () => {
  await using shop = await openShop(emptyTown());
  const secret = `
---
apiVersion: v1
kind: Secret
metadata: { name: greeting-key }
stringData: { key: open-sesame }
data: { other: ${Buffer.from("alibaba-40").toString("base64")} }
`;
  shop.checkOut({ "shop.yaml": manifests("v1", "hello") + secret });
  const run = await shop.deploy({ manifests: "shop.yaml", "dry-run": "true" });
  assert.equal(run.outputs.outcome, "succeeded", run.log);
  for (const kind of ["ConfigMap", "Secret", "Deployment", "Service", "PodDisruptionBudget"])
    assert.match(run.log, new RegExp(`\\+\\+\\+ ${kind} \\S+.* then`), kind);
  for (const text of ["open-sesame", "alibaba-40", Buffer.from("open-sesame").toString("base64")])
    assert.ok(!run.rawLog.includes(text), text);
  assert.deepEqual(
    shop.sandbox.requests.filter(({ isWrite }) => isWrite),
    [],
  );
});

test("a dry run tells what would be deleted with a slot, and with a newer release that is without it", async () => {
  await using shop = await openShop(emptyTown());
  const deploy = (version: string, more: object = {}) => {
    const all = manifests(version, "hello").split("---");
    // Version 3 has no budget any more.
    const parts = all.filter((one) => version !== "v3" || !one.includes("PodDisruptionBudget"));
    shop.checkOut({ "shop.yaml": parts.join("---") });
    return shop.deploy({ manifests: "shop.yaml", drain: "0s", ...more });
  };
  await deploy("v1");
  const gone = await deploy("v2", { "dry-run": "true", previous: "delete" });
  const told = (kind: string, name: string, why: string) =>
    `   Deletes ${kind} ${name}, which releases made for blue alone: ${why}`;
  assert.deepEqual(linesOf(gone.log, "   Deletes"), [
    told("ConfigMap", "greeting-blue", "Deployment shop-blue goes"),
    told("PodDisruptionBudget", "shop-blue", "Deployment shop-blue goes"),
    told("HorizontalPodAutoscaler", "shop-blue", "Deployment shop-blue goes"),
  ]);
  assert.match(gone.summary, /\d+\. Delete blue\n {3}- Deletes ConfigMap/);
  await deploy("v2");
  const without = await deploy("v3", { "dry-run": "true" });
  assert.deepEqual(linesOf(without.log, "   Deletes"), [
    told("PodDisruptionBudget", "shop-blue", "revision 3 in Deployment shop-blue is without it"),
  ]);
  const { log } = await deploy("v3");
  assert.deepEqual(linesOf(log, "Deleted"), ["Deleted PodDisruptionBudget shop-blue, which no slot needs any more"]);
});

function linesOf(log: string, start: string): readonly string[] {
  return log.split("\n").filter((line) => line.startsWith(start));
}
