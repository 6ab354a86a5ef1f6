import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Ending } from "@cutover/release";
import { type Order, openShop, type Shop, stored } from "./engine.test-kit.ts";
import type { Write } from "./heard-client.test-kit.ts";
import { imagesOfShop, withConfig } from "./shop-objects.test-kit.ts";

interface Stopped {
  stale: Promise<Ending>;
  /** What it waits to write. */
  write: Write;
  letGo(): void;
}

/** A release that stops just before its write `index`; `undefined` if it has no more than that. */
async function stoppedAt(shop: Shop, index: number, order: Order): Promise<Stopped | undefined> {
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<Write>();
  const { client } = shop.heard.listening({
    before: async (write) => {
      if (write.index !== index) return;
      reached.resolve(write);
      await gate.promise;
    },
  });
  const stale = shop.begin({ ...order, setting: { ...order.setting, client } });
  stale.catch(() => undefined);
  const write = await shop.until(Promise.race([reached.promise, stale.then(() => undefined)]));
  return write === undefined ? undefined : { stale, write, letGo: gate.resolve };
}

interface Case {
  sentence: string;
  past(): Promise<Shop>;
  order: Order;
  /** Writes of a release: the last one gives the lock back. */
  count: number;
  /** The first one that is tried; the lock and the claim are the same for all. */
  first: number;
}

/** Revision 1 in blue, warm, and revision 2 in green, active. */
async function pastOfImages(): Promise<Shop> {
  const shop = await openShop();
  await shop.release("shop:2");
  return shop;
}

async function pastOfManifests(previous: "keep" | "delete" = "keep"): Promise<Shop> {
  const shop = await openShop({ objects: [] });
  await shop.release("", { source: withConfig("shop:1", "one") });
  await shop.release("", { source: withConfig("shop:2", "two"), wanted: { previous } });
  return shop;
}

const cases: readonly Case[] = [
  { sentence: "with images", past: pastOfImages, order: { source: imagesOfShop("shop:3") }, count: 9, first: 1 },
  {
    sentence: "with manifests",
    past: pastOfManifests,
    order: { source: withConfig("shop:3", "three"), wanted: { previous: "scale-down" } },
    count: 12,
    first: 4,
  },
  {
    sentence: "into a slot that was not there",
    past: () => pastOfManifests("delete"),
    order: { source: withConfig("shop:3", "three") },
    count: 10,
    first: 3,
  },
];

for (const { sentence, past, order, count, first } of cases) {
  suite(`A release ${sentence} that a rollback overtakes writes nothing more:`, () => {
    for (let index = first; index < count; index++) {
      test(`stopped before write ${index + 1} of ${count}`, async () => {
        await using shop = await past();
        const stopped = await stoppedAt(shop, index, order);
        assert.ok(stopped, "it has fewer writes");
        const back = await shop.rollback(1);
        assert.equal(back.outcome, "succeeded", back.reason);
        const before = shop.sandbox.requests.length;
        stopped.letGo();
        const stale = await shop.until(stopped.stale);
        // With only the lock to give back it was done before it was overtaken.
        assert.equal(stale.outcome, index === count - 1 ? "succeeded" : "superseded", stale.reason);
        assert.deepEqual(changesSince(shop, before), [], JSON.stringify(stopped.write));
        assert.deepEqual(stored(shop, "Service", "shop").spec?.selector, {
          app: "shop",
          color: back.observed.service.active,
        });
      });
    }
    test("and these are all of its writes", async () => {
      await using shop = await past();
      assert.equal(await stoppedAt(shop, count, order), undefined);
    });
  });
}

/** Objects that were there and are others now; what did not exist can be created, and gets no traffic. */
function changesSince(shop: Shop, first: number): string[] {
  const landed = shop.sandbox.requests.slice(first).filter(({ isWrite, status }) => isWrite && status === 200);
  return landed.map(({ verb, path }) => `${verb} ${path}`);
}
