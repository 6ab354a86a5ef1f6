import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Resource } from "../client/model.ts";
import { active, goingBack, openShop, type Shop, stepsOf, stored } from "./engine.test-kit.ts";
import { manifestsOfShop, withConfig } from "./shop-objects.test-kit.ts";
import { readState } from "./state.ts";
import { openTraffic } from "./traffic.test-kit.ts";

async function released(...images: readonly string[]): Promise<Shop> {
  const shop = await openShop();
  for (const image of images) await shop.release(image);
  return shop;
}

suite("A rollback", () => {
  test("to a warm slot is one write of the Service, and loses no request", async () => {
    await using shop = await released("shop:2");
    await using traffic = await openTraffic(shop);
    const ending = await shop.rollback();
    await shop.pass(500);
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.deepEqual(stepsOf(ending), ["lock", "switch", "confirm", "mark"]);
    assert.deepEqual([active(shop), traffic.lost, traffic.versions], ["blue", [], ["2", "1"]]);
  });

  for (const previous of ["scale-down", "delete"] as const) {
    test(`to a slot that \`previous: ${previous}\` emptied fills it first`, async () => {
      await using shop = await openShop();
      await shop.release("shop:2", { wanted: { previous } });
      // The garbage collector needs its moment.
      await shop.pass(1_000);
      await using traffic = await openTraffic(shop);
      const ending = await shop.rollback();
      await shop.pass(500);
      assert.equal(ending.outcome, "succeeded", ending.reason);
      assert.deepEqual([active(shop), traffic.lost, traffic.versions], ["blue", [], ["2", "1"]]);
      assert.equal(stored(shop, "Deployment", "shop-blue").spec?.replicas, 2);
    });
  }

  test("to a revision that was overwritten makes it anew, under its own number", async () => {
    await using shop = await released("shop:2", "shop:3");
    await using traffic = await openTraffic(shop);
    const ending = await shop.rollback(1);
    await shop.pass(500);
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.deepEqual([ending.observed.service.revision, traffic.lost, traffic.versions], [1, [], ["3", "1"]]);
  });

  test("writes why on the Service", async () => {
    await using shop = await released("shop:2");
    await shop.rollback("previous", { setting: { reason: "orders fail" } });
    const state = readState(
      (await shop.until(
        shop.client.get({ apiVersion: "v1", kind: "Service", namespace: "shop", name: "shop" }),
      )) as never,
    );
    assert.deepEqual([state?.reason, state?.rolledBackFrom, state?.actor], ["orders fail", 2, "ada"]);
  });

  test("leaves a number that the next release does not take", async () => {
    await using shop = await released("shop:2");
    await shop.rollback();
    const ending = await shop.release("shop:3");
    assert.deepEqual([ending.outcome, ending.observed.service.revision], ["succeeded", 3]);
    const back = await shop.rollback();
    assert.deepEqual([back.outcome, back.observed.service.revision], ["succeeded", 1]);
  });

  test("to a slot whose image somebody changed by hand puts the right one back first", async () => {
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: withConfig("shop:1", "one") });
    await shop.release("", { source: withConfig("shop:2", "two") });
    const ref = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "shop-blue" };
    const containers = [{ name: "app", image: "shop:4" }];
    const body = { spec: { template: { spec: { containers } } } };
    await shop.until(shop.client.patch(ref, { type: "strategic", body }, { fieldManager: "kubectl-set" }));
    await shop.pass(3_000);
    await using traffic = await openTraffic(shop);
    const ending = await shop.rollback();
    await shop.pass(500);
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.deepEqual([traffic.lost, traffic.versions], [[], ["2", "1"]]);
  });

  test("after a release that came no further than its ConfigMap restores the ConfigMap", async () => {
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: withConfig("shop:1", "one") });
    await shop.release("", { source: withConfig("shop:2", "two") });
    const { client } = shop.heard.listening({
      after: ({ kind }) => {
        if (kind === "ConfigMap") throw new Error("the process has died");
      },
    });
    const dying = shop.begin({ source: withConfig("shop:3", "three"), setting: { client } });
    await assert.rejects(shop.until(dying), /died/);
    assert.deepEqual(stored(shop, "ConfigMap", "shop-config-blue").data, { greeting: "three" });
    const ending = await shop.rollback(1);
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.deepEqual(stored(shop, "ConfigMap", "shop-config-blue").data, { greeting: "one" });
  });

  test("to a revision whose Secret holds other values now is refused before anything of it is written", async () => {
    const secret = (password: string): Resource => ({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "db", namespace: "shop" },
      stringData: { password },
    });
    const source = (image: string, password: string) => manifestsOfShop(image, { extras: () => [secret(password)] });
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: source("shop:1", "one") });
    await shop.release("", { source: source("shop:2", "two"), wanted: { previous: "scale-down" } });
    const { client, writes } = shop.heard.listening({});
    const ending = await shop.rollback("previous", { setting: { client } });
    assert.equal(ending.outcome, "refused");
    assert.equal(ending.reason, "Secret db, which the revision needs, holds other values now");
    // The lock and its claim come first, for only what is read after them counts; a rehearsal refuses it before even those.
    assert.deepEqual(
      writes.map(({ kind }) => kind),
      ["Lease", "Service", "Deployment", "Deployment", "Lease"],
    );
    assert.equal(stored(shop, "Deployment", "shop-blue").spec?.replicas, 0);
  });

  test("to a revision that nobody knows is refused without a write", async () => {
    await using shop = await released("shop:2");
    const { client, writes } = shop.heard.listening({});
    const ending = await shop.rollback(7, { setting: { client } });
    assert.deepEqual([ending.outcome, ending.reason], ["refused", "Service shop has no confirmed revision 7"]);
    assert.deepEqual(writes, []);
  });

  test("overtaken by another leaves the last word to it", async () => {
    await using shop = await released("shop:2", "shop:3");
    const runs = [shop.begin(goingBack(2)), shop.begin(goingBack(1))];
    const endings = await shop.until(Promise.all(runs));
    const [winner, ...others] = endings.filter(({ outcome }) => outcome === "succeeded");
    assert.ok(winner, endings.map(({ reason }) => reason).join("\n"));
    const last = others.at(-1) ?? winner;
    const revisions = [winner, last].map(({ observed }) => observed.service.revision);
    const standing = readState(
      (await shop.until(
        shop.client.get({ apiVersion: "v1", kind: "Service", namespace: "shop", name: "shop" }),
      )) as never,
    );
    assert.ok(revisions.includes(standing?.revision));
  });
});
