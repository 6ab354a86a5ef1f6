import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Ending } from "@cutover/release";
import { goingBack, type Order, openShop, type Shop } from "./engine.test-kit.ts";
import { plainShop } from "./plain-shop.test-kit.ts";
import { imagesOfShop, withConfig } from "./shop-objects.test-kit.ts";
import { type Standing, standing } from "./standing.test-kit.ts";
import { openTraffic } from "./traffic.test-kit.ts";

interface Case {
  sentence: string;
  past(): Promise<Shop>;
  order: Order;
  /** Writes of the run. */
  count: number;
  /** How many of them the first case has shown already: taking the lock and claiming is the same for all. */
  known: number;
}

async function twoReleases(): Promise<Shop> {
  const shop = await openShop();
  await shop.release("shop:2", { wanted: { previous: "scale-down" } });
  return shop;
}

async function withManifests(): Promise<Shop> {
  const shop = await openShop({ objects: [] });
  await shop.release("", { source: withConfig("shop:1", "one") });
  await shop.release("", { source: withConfig("shop:2", "two") });
  return shop;
}

const cases: readonly Case[] = [
  {
    sentence: "A first release with images",
    past: () => openShop(),
    order: { source: imagesOfShop("shop:2"), wanted: { previous: "delete" } },
    count: 15,
    known: 0,
  },
  {
    sentence: "A release with manifests",
    past: withManifests,
    order: { source: withConfig("shop:3", "three"), wanted: { previous: "scale-down" } },
    count: 12,
    known: 3,
  },
  {
    sentence: "An adoption",
    past: () => openShop({ objects: plainShop }),
    order: { source: imagesOfShop("shop:1"), setting: { adopt: true } },
    count: 10,
    known: 3,
  },
  { sentence: "A rollback to what was scaled down", past: twoReleases, order: goingBack(1), count: 8, known: 3 },
  { sentence: "A rollback to what was overwritten", past: overwritten, order: goingBack(1), count: 10, known: 3 },
];

/** Revision 1 was in blue, where revision 3 is now; revision 2 is in green. */
async function overwritten(): Promise<Shop> {
  const shop = await withManifests();
  await shop.release("", { source: withConfig("shop:3", "three") });
  return shop;
}

class Crash extends Error {}

/** The run up to its write `index`, and then no further: the process has died. */
async function crashing(shop: Shop, { order }: Case, { index, when }: { index: number; when: "before" | "after" }) {
  const { client } = shop.heard.listening({
    [when]: (write: { index: number }) => {
      if (write.index >= index) throw new Crash();
    },
  });
  const run = shop.begin({ ...order, setting: { ...order.setting, client } });
  await assert.rejects(shop.until(run), Crash);
}

/** Every second write; `SWEEP=all` dies after each. */
const isEvery = process.env.SWEEP === "all";

for (const one of cases) {
  suite(`${one.sentence} that dies`, () => {
    test(`has ${one.count} writes when it does not`, async () => {
      await using shop = await one.past();
      const { client, writes } = shop.heard.listening({});
      const ending = await shop.until(shop.begin({ ...one.order, setting: { ...one.order.setting, client } }));
      assert.equal(ending.outcome, "succeeded", ending.reason);
      assert.equal(
        writes.length,
        one.count,
        writes.map(({ verb, kind, name }) => `${verb} ${kind} ${name}`).join("\n"),
      );
    });
    let expected: Promise<Standing> | undefined;
    for (let index = one.known; index < one.count; index++) {
      if (!isEvery && index % 2 === 1) continue;
      test(`after write ${index + 1} ends the same once it is run again, and no request is lost`, async () => {
        expected ??= undisturbed(one);
        const end = await expected;
        await using shop = await one.past();
        await using traffic = await openTraffic(shop);
        await crashing(shop, one, { index, when: "after" });
        const again = await finished(shop, one.order);
        assert.deepEqual(again, end);
        await shop.until(traffic.settled());
        assert.deepEqual(traffic.lost, []);
        assert.ok(traffic.answers > 5, `${traffic.answers} answers`);
      });
    }
  });
}

async function undisturbed({ past, order }: Case): Promise<Standing> {
  await using shop = await past();
  return await finished(shop, order);
}

async function finished(shop: Shop, order: Order): Promise<Standing> {
  const ending: Ending = await shop.until(shop.begin(order));
  assert.equal(ending.outcome, "succeeded", ending.reason);
  await shop.pass(2_000);
  return standing(shop);
}
