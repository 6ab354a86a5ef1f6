import assert from "node:assert/strict";
import { test } from "node:test";
import { activeColor, failureOf, history, lockHolder, type OpenShop, openShop, replicas } from "./open-shop.ts";
import { visit } from "./traffic.ts";

test("pods that never become ready are told by name, and get no traffic", async () => {
  await using shop = await openShop();
  const { run, traffic } = await release(shop, { images: "app=registry.example/shop:never-ready", timeout: "1s" });
  assert.equal(
    nameless(failureOf(run)),
    `Deployment shop-green never became ready: 2 of 2 pods did not pass the readiness probe of container app, GET :8080/ready every 1 s
  pod shop-green-…, container app: Unhealthy, Readiness probe failed: HTTP probe failed with statuscode: 503 (seen …)
Traffic stayed on blue (revision 1); nothing was switched.
What to do: Ask the application why it is not ready: a dependency that it cannot reach, a wrong path or port in the probe, or a start that takes longer than \`timeout\`. See https://github.com/cutover-actions/cutover/blob/main/docs/errors.md#readiness-probe`,
  );
  assert.equal(run.outputs.outcome, "failed");
  assert.deepEqual([traffic.versions, traffic.lost], [["v1"], []]);
  isCleanedUp(shop);
});

test("an image that does not exist fails the release as soon as nobody can pull it", async () => {
  await using shop = await openShop();
  const { run, traffic } = await release(shop, { images: "app=registry.example/shop:gone", replicas: "1" });
  assert.equal(
    nameless(failureOf(run)),
    `Deployment shop-green never became ready: 1 of 1 pods cannot pull registry.example/shop:gone: the registry does not have it
  pod shop-green-…, container app: ErrImagePull, not found (seen …)
Traffic stayed on blue (revision 1); nothing was switched.
What to do: Was it built and pushed, to this registry and under this name? build-push's output \`image\` names the digest that was pushed; pass that, not a tag. See https://github.com/cutover-actions/cutover/blob/main/docs/errors.md#image-not-found`,
  );
  assert.equal(run.outputs.outcome, "failed");
  assert.deepEqual([traffic.versions, traffic.lost], [["v1"], []]);
  isCleanedUp(shop);
});

test("pods that turn unready under traffic are left again, and the report counts for how long they had it", async () => {
  await using shop = await openShop();
  const { run, traffic } = await release(shop, {
    images: "app=registry.example/shop:unready",
    soak: "20s",
    replicas: "1",
  });
  assert.equal(
    nameless(failureOf(run)),
    `Deployment shop-green stopped serving: Service shop has 0 ready endpoints of it where it needs 1: 1 of 1 pods did not pass the readiness probe of container app, GET :8080/ready every 1 s
  pod shop-green-…, container app: Unhealthy, Readiness probe failed: HTTP probe failed with statuscode: 503 (seen …)
Traffic is back on blue (revision 1).
What to do: Ask the application why it is not ready: a dependency that it cannot reach, a wrong path or port in the probe, or a start that takes longer than \`timeout\`. See https://github.com/cutover-actions/cutover/blob/main/docs/errors.md#readiness-probe`,
  );
  assert.equal(run.outputs.outcome, "rolled-back");
  assert.match(run.summary, /Traffic is on blue again; green had it for /);
  assert.deepEqual(traffic.versions, ["v1", "unready"]);
  isCleanedUp(shop);
});

async function release(shop: OpenShop, inputs: Record<string, string>) {
  const { url } = await shop.sandbox.openService("shop", "shop");
  await using visitors = visit(url);
  const run = await shop.deploy(inputs);
  const traffic = await visitors.leave();
  return { run, traffic };
}

function isCleanedUp(shop: OpenShop): void {
  assert.deepEqual([activeColor(shop), replicas(shop), lockHolder(shop)], ["blue", { blue: 2, green: 0 }, undefined]);
  assert.deepEqual(history(shop), ["1 confirmed", "2 failed"]);
}

/** Without what differs from run to run: the generated part of pods' names, and times. */
function nameless(message: string): string {
  return message.replaceAll(/shop-green-[a-z0-9]+-[a-z0-9]{5}/g, "shop-green-…").replaceAll(/seen [^)]*/g, "seen …");
}
