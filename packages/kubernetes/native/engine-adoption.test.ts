import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { annotation } from "@cutover/release";
import { type Order, openShop, type Shop, stepsOf, stored } from "./engine.test-kit.ts";
import { k8sDeploySetting, k8sDeployShop, plainDeployment, plainService, plainShop } from "./plain-shop.test-kit.ts";
import { openTraffic } from "./traffic.test-kit.ts";

const adopting: Order = { setting: { adopt: true } };
const selector = (shop: Shop) => stored(shop, "Service", "shop").spec?.selector;
const deployments = (shop: Shop) =>
  shop.sandbox.registry.store
    .list("Deployment", "shop")
    .map(({ metadata: { name }, spec }) => `${name} ${spec.replicas}`)
    .toSorted((one, other) => one.localeCompare(other));

suite("A Service that selects no color", () => {
  test("is refused, and told of `adopt`", async () => {
    await using shop = await openShop({ objects: plainShop });
    const message = /^Service shop selects no color: .*; blue-green-deploy takes it over with `adopt: true`$/;
    await assert.rejects(shop.release("shop:2"), { code: "refused", message });
  });

  test("is taken over before the release, which loses no request", async () => {
    await using shop = await openShop({ objects: plainShop });
    await using traffic = await openTraffic(shop);
    const ending = await shop.release("shop:2", adopting);
    await shop.pass(500);
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.deepEqual(stepsOf(ending), [
      ...["lock", "record-baseline", "adopt", "await-ready", "narrow", "confirm", "mark"],
      ...["record", "prepare", "await-ready", "probe", "switch", "confirm", "mark"],
    ]);
    assert.deepEqual(selector(shop), { app: "shop", color: "green" });
    assert.deepEqual(deployments(shop), ["shop 3", "shop-green 3"]);
    assert.deepEqual(traffic.lost, []);
    assert.deepEqual(traffic.versions, ["1", "2"]);
  });

  test("goes back to what it served before, in one write, while that is kept", async () => {
    await using shop = await openShop({ objects: plainShop });
    await shop.release("shop:2", adopting);
    const ending = await shop.rollback();
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.deepEqual(stepsOf(ending), ["lock", "switch", "confirm", "mark"]);
    assert.deepEqual(selector(shop), { app: "shop", color: "blue" });
    assert.deepEqual(deployments(shop), ["shop 3", "shop-green 3"]);
  });

  test("has it replaced by a Deployment of the color's own name in the next cycle", async () => {
    await using shop = await openShop({ objects: plainShop });
    await using traffic = await openTraffic(shop);
    await shop.release("shop:2", adopting);
    await shop.pass(500);
    const ending = await shop.release("shop:3");
    await shop.pass(500);
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.deepEqual(deployments(shop), ["shop-blue 3", "shop-green 3"]);
    assert.deepEqual(stored(shop, "Deployment", "shop-blue").spec?.selector, {
      matchLabels: { app: "shop", color: "blue" },
    });
    assert.equal(stored(shop, "Service", "shop").metadata.annotations?.[annotation.adopted], undefined);
    const back = await shop.rollback(1);
    assert.equal(back.outcome, "succeeded", back.reason);
    await shop.pass(500);
    assert.deepEqual(traffic.versions, ["1", "2", "3", "1"]);
    assert.deepEqual(traffic.lost, []);
  });

  for (const [previous, left] of [
    ["scale-down", ["shop 0", "shop-green 3"]],
    ["delete", ["shop-green 3"]],
  ] as const) {
    test(`does with what it served before what \`previous: ${previous}\` says, and can go back to it`, async () => {
      await using shop = await openShop({ objects: plainShop });
      await shop.release("shop:2", { ...adopting, wanted: { previous } });
      assert.deepEqual(deployments(shop), left);
      const back = await shop.rollback();
      assert.equal(back.outcome, "succeeded", back.reason);
      assert.deepEqual(selector(shop), { app: "shop", color: "blue" });
    });
  }

  test("is only taken over where what is to be released serves already", async () => {
    await using shop = await openShop({ objects: plainShop });
    const ending = await shop.release("shop:1", adopting);
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.deepEqual(selector(shop), { app: "shop", color: "blue" });
    assert.deepEqual(deployments(shop), ["shop 3"]);
    assert.deepEqual(stepsOf(await shop.release("shop:1", adopting)), []);
  });

  test("gets the color that its Deployment is called by, or whose name is free", async () => {
    for (const [name, color] of [
      ["shop-green", "green"],
      ["shop-blue", "blue"],
    ] as const) {
      await using shop = await openShop({ objects: [plainService(), plainDeployment({ name })] });
      await shop.release("shop:1", adopting);
      assert.deepEqual(selector(shop), { app: "shop", color });
      await shop.release("shop:2");
      await shop.release("shop:3");
      assert.deepEqual(deployments(shop), ["shop-blue 3", "shop-green 3"]);
    }
  });

  test("needs no rolling update where the pods carry a color already", async () => {
    const blue = plainDeployment({ name: "shop-blue", labels: { app: "shop", color: "blue" } });
    const green = plainDeployment({ name: "shop-green", labels: { app: "shop", color: "green" }, replicas: 0 });
    await using shop = await openShop({ objects: [plainService(), blue, green] });
    const pods = shop.sandbox.registry.store.list("Pod", "shop").map(({ metadata }) => metadata.uid);
    const ending = await shop.release("shop:2", adopting);
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.ok(!stepsOf(ending).includes("adopt"));
    const now = shop.sandbox.registry.store.list("Pod", "shop").map(({ metadata }) => metadata.uid);
    assert.ok(pods.every((uid) => now.includes(uid)));
  });
});

suite("What Azure/k8s-deploy left", () => {
  test("is taken over as it is: its `None` is a color by another word", async () => {
    await using shop = await openShop({ objects: k8sDeployShop });
    await using traffic = await openTraffic(shop);
    const ending = await shop.release("shop:2", { setting: k8sDeploySetting });
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.ok(!stepsOf(ending).slice(0, 6).includes("await-ready"), stepsOf(ending).join());
    assert.deepEqual(selector(shop), { app: "shop", "k8s.deploy.color": "green" });
    const { colorLabel } = k8sDeploySetting;
    await shop.pass(500);
    const back = await shop.rollback("previous", { setting: { colorLabel } });
    assert.equal(back.outcome, "succeeded", back.reason);
    assert.deepEqual(selector(shop), { app: "shop", "k8s.deploy.color": "None" });
    await shop.pass(500);
    for (const image of ["shop:3", "shop:4"]) {
      const next = await shop.release(image, { setting: { colorLabel }, wanted: { previous: "scale-down" } });
      assert.equal(next.outcome, "succeeded", next.reason);
      await shop.pass(500);
    }
    assert.deepEqual(selector(shop), { app: "shop", "k8s.deploy.color": "blue" });
    assert.deepEqual(deployments(shop), ["shop-blue 3", "shop-green 0"]);
    assert.deepEqual(traffic.lost, []);
    assert.deepEqual(traffic.versions, ["1", "2", "1", "3", "4"]);
  });
});

suite("An adoption that fails", () => {
  test("leaves the Deployment as it was, and the traffic where it was", async () => {
    const quota = {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "few", namespace: "shop" },
      spec: { hard: { pods: "3" } },
    };
    const rollingUpdate = { maxUnavailable: 0, maxSurge: 1 };
    const deployment = plainDeployment({ spec: { strategy: { type: "RollingUpdate", rollingUpdate } } });
    await using shop = await openShop({ objects: [plainService(), deployment, quota] });
    await using traffic = await openTraffic(shop);
    const ending = await shop.release("shop:2", adopting);
    assert.equal(ending.outcome, "failed");
    assert.match(ending.reason, /quota/);
    assert.deepEqual(stepsOf(ending).slice(-3), ["adopt", "await-ready", "unadopt"]);
    const left = JSON.stringify(stored(shop, "Deployment", "shop"));
    for (const word of [annotation.adopted, '"color"']) assert.ok(!left.includes(word), left);
    assert.deepEqual(selector(shop), { app: "shop" });
    await shop.pass(2_000);
    assert.deepEqual(traffic.lost, []);
  });
});
