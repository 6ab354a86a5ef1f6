import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { annotation } from "@cutover/release";
import { at, delay } from "@cutover/sandbox";
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

const podsOf = (shop: Shop) => shop.sandbox.registry.store.list("Pod", "shop").map(({ metadata }) => metadata.uid);

/** Every selector that the Service has from now on, in order. */
function selectorsOf(shop: Shop): () => readonly string[] {
  const seen = [JSON.stringify(selector(shop))];
  const end = shop.sandbox.registry.store.subscribe(({ kind }) => {
    if (kind === "Service") seen.push(JSON.stringify(selector(shop)));
  });
  return () => {
    end();
    return seen;
  };
}

suite("A Service that selects no color", () => {
  test("is refused, and told of `adopt`", async () => {
    await using shop = await openShop({ objects: plainShop });
    const message = /^Service shop selects no color: .*; blue-green-deploy takes it over with `adopt: true`$/;
    await assert.rejects(shop.release("shop:2"), { code: "refused", message });
  });

  test("is taken over before the release, and loses no request: there, back, and until all of the old is replaced", async () => {
    await using shop = await openShop({ objects: plainShop });
    await using traffic = await openTraffic(shop);
    const selectors = selectorsOf(shop);
    const ending = await shop.release("shop:2", adopting);
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.deepEqual(stepsOf(ending), [
      ...["lock", "record-baseline", "adopt", "await-ready", "narrow", "confirm", "mark"],
      ...["record", "prepare", "await-ready", "probe", "switch", "confirm", "mark"],
    ]);
    assert.deepEqual(selector(shop), { app: "shop", color: "green" });
    assert.deepEqual(deployments(shop), ["shop 3", "shop-green 3"]);
    await shop.pass(500);
    const back = await shop.rollback();
    assert.deepEqual([back.outcome, stepsOf(back)], ["succeeded", ["lock", "switch", "confirm", "mark"]], back.reason);
    assert.deepEqual(selector(shop), { app: "shop", color: "blue" });
    for (const image of ["shop:3", "shop:4"]) {
      await shop.pass(500);
      const next = await shop.release(image);
      assert.equal(next.outcome, "succeeded", next.reason);
    }
    assert.deepEqual(deployments(shop), ["shop-blue 3", "shop-green 3"]);
    const { spec } = stored(shop, "Deployment", "shop-blue");
    assert.deepEqual(spec?.selector, { matchLabels: { app: "shop", color: "blue" } });
    assert.equal(stored(shop, "Service", "shop").metadata.annotations?.[annotation.adopted], undefined);
    await shop.pass(500);
    assert.deepEqual([traffic.versions, traffic.lost], [["1", "2", "1", "3", "4"], []]);
    const [plain, ...colored] = [...new Set(selectors())];
    assert.deepEqual(
      [plain, colored.length],
      ['{"app":"shop"}', 2],
      "never wider than it was, and with a color from then on",
    );
  });

  test("can go back to what it served before when that is deleted", async () => {
    await using shop = await openShop({ objects: plainShop });
    await shop.release("shop:2", { ...adopting, wanted: { previous: "delete" } });
    assert.deepEqual(deployments(shop), ["shop-green 3"]);
    const back = await shop.rollback();
    assert.equal(back.outcome, "succeeded", back.reason);
    assert.deepEqual(
      [selector(shop), deployments(shop)],
      [{ app: "shop", color: "blue" }, ["shop-blue 3", "shop-green 3"]],
    );
  });

  test("is only taken over where what is to be released serves already", async () => {
    await using shop = await openShop({ objects: [plainService(), plainDeployment({ name: "shop-green" })] });
    const ending = await shop.release("shop:1", adopting);
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.deepEqual([selector(shop), deployments(shop)], [{ app: "shop", color: "green" }, ["shop-green 3"]]);
    assert.deepEqual(stepsOf(await shop.release("shop:1", adopting)), []);
  });

  test("needs no rolling update where the pods carry a color already", async () => {
    const blue = plainDeployment({ name: "shop-blue", labels: { app: "shop", color: "blue" } });
    const green = plainDeployment({ name: "shop-green", labels: { app: "shop", color: "green" }, replicas: 0 });
    await using shop = await openShop({ objects: [plainService(), blue, green] });
    const before = podsOf(shop);
    const ending = await shop.release("shop:2", adopting);
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.ok(!stepsOf(ending).includes("adopt"));
    assert.ok(before.every((uid) => podsOf(shop).includes(uid)));
  });
});

test("What Azure/k8s-deploy left is taken over as it is: its `None` is a color by another word", async () => {
  await using shop = await openShop({ objects: k8sDeployShop });
  await using traffic = await openTraffic(shop);
  const before = podsOf(shop);
  const { colorLabel } = k8sDeploySetting;
  const ending = await shop.release("shop:2", { setting: k8sDeploySetting });
  assert.equal(ending.outcome, "succeeded", ending.reason);
  assert.ok(before.every((uid) => podsOf(shop).includes(uid)));
  assert.deepEqual(selector(shop), { app: "shop", [colorLabel]: "green" });
  await shop.pass(500);
  const back = await shop.rollback("previous", { setting: { colorLabel } });
  assert.equal(back.outcome, "succeeded", back.reason);
  assert.deepEqual(selector(shop), { app: "shop", [colorLabel]: "None" });
  for (const image of ["shop:3", "shop:4"]) {
    await shop.pass(500);
    const next = await shop.release(image, { setting: { colorLabel }, wanted: { previous: "scale-down" } });
    assert.equal(next.outcome, "succeeded", next.reason);
  }
  assert.deepEqual(selector(shop), { app: "shop", [colorLabel]: "blue" });
  assert.deepEqual(deployments(shop), ["shop-blue 3", "shop-green 0"]);
  await shop.pass(500);
  assert.deepEqual([traffic.versions, traffic.lost], [["1", "2", "1", "3", "4"], []]);
});

test("An adoption that fails leaves the Deployment as it was, and the traffic where it was", async () => {
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

suite("While the pods of an adoption roll", () => {
  const isColored = (shop: Shop) => JSON.stringify(stored(shop, "Deployment", "shop")).includes('"color"');
  const rolling = plainDeployment({ spec: { revisionHistoryLimit: 0 } });

  for (const resource of ["pods", "replicasets"]) {
    test(`a list of ${resource} that comes when all of them are new is no reason to stop`, async () => {
      await using shop = await openShop({ objects: [plainService(), rolling] });
      const late = shop.sandbox.fault({
        when: { verb: "list", resource, if: () => isColored(shop) },
        what: delay(10_000),
      });
      const ending = await shop.release("shop:2", adopting);
      assert.equal(late.hits.length, 1);
      assert.equal(ending.outcome, "succeeded", ending.reason);
    });
  }

  test("whoever deletes the Deployment stops it, and is told its own name", async () => {
    await using shop = await openShop({ objects: plainShop });
    const ref = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "shop" };
    shop.sandbox.fault({
      when: { verb: "list", resource: "pods", if: () => isColored(shop) },
      what: at("before-commit", () => shop.client.delete(ref)),
    });
    const ending = await shop.release("shop:2", adopting);
    assert.equal(ending.outcome, "refused");
    assert.match(ending.reason, /^Deployment shop was changed in the middle of this release, .*: it was deleted$/);
  });
});
