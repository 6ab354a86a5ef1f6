import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CutoverError } from "@cutover/release";
import { answer, cut } from "@cutover/sandbox";
import { LostAnswer } from "../client/lost-answer.ts";
import { goingBack, type Order, openShop, type Shop } from "./engine.test-kit.ts";
import type { Listener } from "./heard-client.test-kit.ts";
import { imagesOfShop, withConfig } from "./shop-objects.test-kit.ts";
import { type Standing, standing } from "./standing.test-kit.ts";
import { openTraffic } from "./traffic.test-kit.ts";

interface Case {
  sentence: string;
  past(): Promise<Shop>;
  order: Order;
  /** Writes of the run. */
  count: number;
  /** How many of them others have shown already: taking the lock and claiming is the same for all. */
  known: number;
}

const cases: readonly Case[] = [
  {
    sentence: "a first release with images",
    past: () => openShop(),
    order: { source: imagesOfShop("shop:2"), wanted: { previous: "delete" } },
    count: 15,
    known: 0,
  },
  {
    sentence: "a first install from manifests",
    past: () => openShop({ objects: [] }),
    order: { source: withConfig("shop:1", "one") },
    count: 8,
    known: 3,
  },
  { sentence: "a rollback", past: overwritten, order: goingBack(1), count: 10, known: 4 },
];

async function overwritten(): Promise<Shop> {
  const shop = await openShop({ objects: [] });
  for (const version of ["1", "2", "3"]) await shop.release("", { source: withConfig(`shop:${version}`, version) });
  return shop;
}

/** What befalls one write, by the shop that it is sent to. One that is cut and never lands is the last of them, cut shorter. */
const faults: Readonly<Record<string, (shop: Shop) => Listener["before"]>> = {
  "happens, and its answer is lost": (shop) => (write) =>
    void shop.sandbox.fault({ when: { verb: write.verb }, what: cut("after-commit") }),
  "meets three conflicts": (shop) => (write) =>
    void shop.sandbox.fault({ when: { verb: write.verb }, what: answer(409), times: 3 }),
  "is lost, and lands five seconds later": (shop) => (_write, send) => {
    void shop.sandbox.clock.sleep(5_000).then(() => send().catch(() => undefined));
    throw new CutoverError("unavailable", "No answer", { cause: new LostAnswer("no answer") });
  },
};

/** Every second write, another half for each fault; `SWEEP=all` strikes each. */
const isEvery = process.env.SWEEP === "all";

for (const one of cases) {
  suite(`In ${one.sentence}`, () => {
    let expected: Promise<Standing> | undefined;
    for (const [row, [fault, befall]] of Object.entries(faults).entries()) {
      test(`all goes the same if a write ${fault}`, async () => {
        expected ??= undisturbed(one);
        const end = await expected;
        for (let index = one.known; index < one.count; index++) {
          if (!isEvery && (index + row) % 2 === 1) continue;
          await using shop = await one.past();
          await struck(shop, one, { index, befall: befall(shop) });
          await shop.pass(6_000);
          assert.deepEqual(standing(shop), end, `write ${index + 1}`);
        }
      });
    }
  });
}

async function undisturbed({ past, order, count }: Case): Promise<Standing> {
  await using shop = await past();
  const { client, writes } = shop.heard.listening({});
  const ending = await shop.until(shop.begin({ ...order, setting: { ...order.setting, client } }));
  assert.equal(ending.outcome, "succeeded", ending.reason);
  assert.equal(writes.length, count, writes.map(({ verb, kind, name }) => `${verb} ${kind} ${name}`).join("\n"));
  await shop.pass(6_000);
  return standing(shop);
}

async function struck(
  shop: Shop,
  { order }: Case,
  { index, befall }: { index: number; befall: Listener["before"] },
): Promise<void> {
  const { client } = shop.heard.listening({
    before: (write, send) => (write.index === index ? befall?.(write, send) : undefined),
  });
  await using traffic = await openTraffic(shop);
  const ending = await shop.until(shop.begin({ ...order, setting: { ...order.setting, client } }));
  assert.equal(ending.outcome, "succeeded", `write ${index + 1}: ${ending.reason}`);
  const isInstall = order.source?.kind === "manifests";
  if (!isInstall) assert.deepEqual(traffic.lost, [], `write ${index + 1}`);
}
