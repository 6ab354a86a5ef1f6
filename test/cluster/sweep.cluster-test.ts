import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { seededRandom } from "@cutover/sandbox";
import { type Death, deathAt, die } from "./death.ts";
import { publishFixture } from "./fixture-names.ts";
import { befall, type Landing, lateOnes, misfortunes } from "./misfortune.ts";
import { drawn, learn, type Point } from "./point.ts";
import { openShopUnderLoad, type ShopUnderLoad } from "./shop-under-load.ts";
import { type Shopkeeper, takeOver } from "./shopkeeper.ts";

const seed = Number(process.env.CUTOVER_TEST_SEED ?? 1);
const random = seededRandom(seed);
/** Side by side, so that one starts its pods while another starts its process. */
const names = ["sweep-a", "sweep-b", "sweep-c"];
const kills = 60;

const shops: ShopUnderLoad[] = [];
let keepers: Shopkeeper[] = [];
let points: Point[] = [];

before(async () => {
  const fixture = await publishFixture();
  for (const name of names) shops.push(await openShopUnderLoad([name], fixture));
  keepers = await Promise.all(shops.map((shop, index) => takeOver(shop, names[index] ?? "", fixture)));
  for (const keeper of keepers.slice(0, 1)) points = await learn(keeper);
});

after(async () => {
  for (const shop of shops) await shop[Symbol.asyncDispose]();
});

test(`whoever comes after each of ${kills} kills brings the Service where it should be`, async (t) => {
  const queue = drawn(points, Math.ceil(kills * 1.2), random);
  const deaths: Death[] = [];
  const started = performance.now();
  let runs = 0;
  await together(async (keeper) => {
    while (deaths.filter(({ how }) => how === "kill").length < kills) {
      const point = queue[runs % queue.length];
      assert.ok(point !== undefined && runs < queue.length * 2, "runs do not die where they should");
      const death = deathAt(point, runs++, random);
      if (await die(keeper, death)) deaths.push(death);
    }
  });
  const kinds = Map.groupBy(deaths, ({ how, recovery }) => `${how}, then ${recovery}`);
  t.diagnostic(`seed ${seed}: ${deaths.length} of ${runs} runs ended early, in ${seconds(started)}`);
  for (const [kind, { length }] of kinds) t.diagnostic(`  ${length} ${kind}`);
});

test("what goes wrong with a request does not go wrong with the release", async (t) => {
  const started = performance.now();
  const landings: Landing[] = [];
  const landed = Promise.withResolvers<void>();
  const left = misfortunes(points, (landing) => {
    if (landings.push(landing) === lateOnes) landed.resolve();
  });
  const all = left.length;
  let runs = 0;
  await together(async (keeper) => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      runs += 1;
      assert.ok(runs <= 3 * all, "runs do not meet what they should");
      if (!(await befall(keeper, next, random))) left.push(next);
    }
  });
  await landed.promise;
  t.diagnostic(`seed ${seed}: ${all} faults in ${runs} runs, in ${seconds(started)}`);
  for (const { request, status } of landings) t.diagnostic(`  ${request.verb} ${request.path} landed late: ${status}`);
  assert.deepEqual(
    landings.filter(({ status }) => status < 400),
    [],
    "a write that was given up changes nothing",
  );
  await Promise.all(keepers.map(({ stillServes }) => stillServes()));
});

test("and no request was lost", async (t) => {
  let sent = 0;
  for (const shop of shops) sent += await shop.close((line) => t.diagnostic(line));
  t.diagnostic(`${sent} requests, none lost`);
});

/** Every keeper at once. Where one fails, the others end what they are at. */
async function together(work: (keeper: Shopkeeper) => Promise<void>): Promise<void> {
  const ended = await Promise.allSettled(keepers.map(work));
  for (const end of ended) if (end.status === "rejected") throw end.reason;
}

function seconds(started: number): string {
  return `${Math.round((performance.now() - started) / 1_000)} s`;
}
