import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { active, openShop, type Shop, stepsOf, stored } from "./engine.test-kit.ts";
import { imagesOfShop, shopService, slot, usual } from "./shop-objects.test-kit.ts";
import { openTraffic } from "./traffic.test-kit.ts";

const replicas = (shop: Shop, name: string) => stored(shop, "Deployment", name).spec?.replicas;
const imageOf = (shop: Shop, name: string) => JSON.stringify(stored(shop, "Deployment", name)).match(/shop:\w+/)?.[0];

suite("A release with images", () => {
  test("fills the slot that was scaled down, with as many pods as serve, and loses no request", async () => {
    await using shop = await openShop();
    await using traffic = await openTraffic(shop);
    const ending = await shop.release("shop:2");
    await shop.pass(500);
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.deepEqual([active(shop), replicas(shop, "shop-green"), replicas(shop, "shop-blue")], ["green", 2, 2]);
    assert.deepEqual(traffic.lost, []);
    assert.deepEqual(traffic.versions, ["1", "2"]);
  });

  test("makes the other slot anew where it was deleted", async () => {
    await using shop = await openShop({ objects: [shopService("blue"), slot("blue", "shop:1", 2)] });
    const ending = await shop.release("shop:2");
    assert.equal(ending.outcome, "succeeded", ending.reason);
    const { spec } = stored(shop, "Deployment", "shop-green");
    assert.deepEqual(spec?.selector, { matchLabels: { app: "shop", color: "green" } });
    assert.equal(active(shop), "green");
  });

  test("goes back and forth, and a third one finds the first slot again", async () => {
    await using shop = await openShop();
    for (const [image, color] of [
      ["shop:2", "green"],
      ["shop:3", "blue"],
      ["shop:2", "green"],
    ] as const) {
      const ending = await shop.release(image);
      assert.equal(ending.outcome, "succeeded", ending.reason);
      assert.deepEqual([active(shop), imageOf(shop, `shop-${color}`)], [color, image]);
    }
  });

  test("is refused where GitOps keeps them", async () => {
    await using shop = await openShop({ objects: [shopService("blue"), slot("blue", "shop:1", 2)] });
    const green = slot("green", "shop:1", 0);
    await shop.until(shop.client.create(green, { fieldManager: "argocd-controller" }));
    const ending = await shop.release("shop:2");
    assert.equal(ending.outcome, "refused");
    assert.match(
      ending.reason,
      /^Deployment shop-green is kept by Argo CD: argocd-controller \(.*Z\) owns spec.template, and would undo new images/,
    );
    assert.deepEqual([active(shop), imageOf(shop, "shop-green")], ["blue", "shop:1"]);
  });

  test("that is asked for again writes nothing but the lock's own claim", async () => {
    await using shop = await openShop();
    await shop.release("shop:2");
    const before = shop.heard.writes.length;
    const ending = await shop.release("shop:2");
    assert.deepEqual([ending.outcome, stepsOf(ending)], ["succeeded", []]);
    assert.equal(shop.heard.writes.length, before);
  });

  for (const [previous, left] of [
    ["keep", 2],
    ["scale-down", 0],
    ["delete", undefined],
  ] as const) {
    test(`does with the old slot what \`previous: ${previous}\` says, after the drain`, async () => {
      await using shop = await openShop();
      const asked = shop.sandbox.clock.now();
      const ending = await shop.release("shop:2", { wanted: { previous, drain: 20_000 } });
      assert.equal(ending.outcome, "succeeded", ending.reason);
      const waited = shop.sandbox.clock.now() - asked;
      assert.equal(waited >= 20_000, previous !== "keep", `${waited} ms`);
      const known = shop.sandbox.registry.store.get("Deployment", "shop", "shop-blue");
      assert.equal(known === undefined ? undefined : replicas(shop, "shop-blue"), left);
    });
  }

  test("waits out the rest of the drain before it writes on the old slot", async () => {
    await using shop = await openShop();
    await shop.release("shop:2", { wanted: { drain: 20_000 } });
    const asked = shop.sandbox.clock.now();
    const ending = await shop.release("shop:3", { wanted: { drain: 20_000 } });
    assert.ok(stepsOf(ending).indexOf("drain") < stepsOf(ending).indexOf("prepare"), stepsOf(ending).join());
    assert.ok(shop.sandbox.clock.now() - asked >= 19_000);
  });

  test("never has fewer pods than an autoscaler's floor", async () => {
    const autoscaler = {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "shop", namespace: "shop" },
      spec: {
        minReplicas: 4,
        maxReplicas: 9,
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "shop-green" },
      },
    };
    await using shop = await openShop({ objects: [...usual, autoscaler] });
    const ending = await shop.release("shop:2");
    assert.deepEqual([ending.outcome, replicas(shop, "shop-green")], ["succeeded", 4]);
  });

  test("with `switch: manual` stops at a proved preview, and the same with `auto` goes on from there", async () => {
    await using shop = await openShop();
    const stopped = await shop.release("shop:2", { wanted: { switch: "manual" } });
    assert.deepEqual([stopped.outcome, active(shop), replicas(shop, "shop-green")], ["succeeded", "blue", 2]);
    const ending = await shop.release("shop:2");
    assert.deepEqual([ending.outcome, active(shop), ending.observed.service.revision], ["succeeded", "green", 2]);
  });

  test("needs at most 25 requests before it waits, and 50 in all", async (context) => {
    await using shop = await openShop();
    await shop.release("shop:2");
    const { requests } = shop.sandbox;
    const before = requests.length;
    await shop.release("shop:3");
    const made = requests.slice(before);
    const wait = made.findIndex(({ verb }) => verb === "watch");
    assert.ok(
      wait <= 25,
      `${wait} before the wait: ${made.slice(0, wait).map(({ verb, path }) => `\n${verb} ${path}`)}`,
    );
    context.diagnostic(`${wait} requests before the wait, ${made.length} in all`);
    assert.ok(made.length <= 50, `${made.length} in all`);
  });
});

test("The history is numbered on where somebody took the next number", async () => {
  await using shop = await openShop();
  const foreign = {
    apiVersion: "apps/v1",
    kind: "ControllerRevision",
    metadata: { name: "cutover-shop-2", namespace: "shop" },
    revision: 2,
    data: {},
  };
  await shop.until(shop.client.create(foreign));
  const ending = await shop.until(shop.begin({ source: imagesOfShop("shop:2") }));
  assert.deepEqual([ending.outcome, ending.observed.service.revision], ["succeeded", 3]);
});

test("The history keeps ten confirmed revisions", async () => {
  await using shop = await openShop();
  for (let time = 0; time < 12; time++) await shop.release(time % 2 === 0 ? "shop:2" : "shop:3");
  const kept = shop.sandbox.registry.store.list("ControllerRevision", "shop").map(({ revision }) => revision);
  assert.deepEqual(
    kept.toSorted((a, b) => Number(a) - Number(b)),
    [4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
  );
});
