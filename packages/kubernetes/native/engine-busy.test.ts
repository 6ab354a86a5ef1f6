import assert from "node:assert/strict";
import { test } from "node:test";
import { annotation, converge, type Ending, type Wanted } from "@cutover/release";
import { openShop, type Shop, stored } from "./engine.test-kit.ts";
import { createNativeEngine } from "./engine.ts";
import { refTo } from "./kinds.ts";
import { namespace } from "./shop-objects.test-kit.ts";
import { takeSnapshot } from "./snapshot.ts";

const retirement: Wanted = { kind: "retire", soak: 0, drain: 0, previous: "scale-down", probe: false, smoke: false };
const lease = refTo("Lease", namespace, "cutover-shop");

/** Revision 2 serves from green, confirmed, and blue waits for its retirement. */
async function released(): Promise<Shop> {
  const shop = await openShop();
  await shop.release("shop:2");
  return shop;
}

/** What another run makes of the world: while it is at work, what serves is not confirmed. */
async function other(shop: Shop, name: string, isAtWork: boolean): Promise<void> {
  const entry = refTo("ControllerRevision", namespace, "cutover-shop-2");
  const mark = { [annotation.result]: isAtWork ? null : "confirmed" };
  await shop.client.patch(entry, { type: "merge", body: { metadata: { annotations: mark } } as never });
  await shop.client.patch(lease, { type: "merge", body: { spec: { holderIdentity: isAtWork ? name : null } } });
}

/** Does something before or after each look at the lock that the run takes. */
async function retired(shop: Shop, around: (look: number, when: "before" | "after") => Promise<void>): Promise<Ending> {
  const { client } = shop;
  let looks = 0;
  const watching: typeof client = {
    ...client,
    find: async (ref, ...rest) => {
      if (ref.kind !== "Lease") return await client.find(ref, ...rest);
      const look = ++looks;
      await around(look, "before");
      const found = await client.find(ref, ...rest);
      await around(look, "after");
      return found;
    },
  };
  const setting = shop.setting({ source: { kind: "history" }, setting: { client: watching } });
  // As an action does: what the rehearsal saw is the first look.
  const engine = createNativeEngine(setting, await takeSnapshot(setting));
  try {
    return await converge(engine, retirement, setting);
  } finally {
    await engine.close();
  }
}

function replicasOf(shop: Shop): unknown {
  return stored(shop, "Deployment", "shop-blue").spec?.replicas;
}

test("A run that waits for one holder, and then for another who came in after that, decides at last", async () => {
  await using shop = await released();
  await shop.until(other(shop, "first", true));
  const ending = await shop.until(
    retired(shop, async (look, when) => {
      if (when === "after") return;
      if (look === 3) await other(shop, "second", true);
      if (look === 6) await other(shop, "second", false);
    }),
  );
  assert.deepEqual([ending.outcome, replicasOf(shop)], ["succeeded", 0], ending.reason);
  assert.equal(shop.lines.filter((line) => line.startsWith("Lease cutover-shop is held by first")).length, 1);
});

test("What a holder had half done at the first look, who was gone when the lock was looked at, is looked at again", async () => {
  await using shop = await released();
  await shop.until(other(shop, "first", true));
  const ending = await shop.until(
    retired(shop, async (look, when) => {
      if (look === 1 && when === "before") await other(shop, "first", false);
    }),
  );
  assert.deepEqual([ending.outcome, replicasOf(shop)], ["succeeded", 0], ending.reason);
});

test("A second holder who comes in just then is waited for too", async () => {
  await using shop = await released();
  await shop.until(other(shop, "first", true));
  const ending = await shop.until(
    retired(shop, async (look, when) => {
      if (look === 1 && when === "before") await other(shop, "first", false);
      if (look === 2 && when === "after") await other(shop, "second", true);
      if (look === 5 && when === "before") await other(shop, "second", false);
    }),
  );
  assert.deepEqual([ending.outcome, replicasOf(shop)], ["succeeded", 0], ending.reason);
});

test("What nobody is at work on is refused, and nothing is written", async () => {
  await using shop = await released();
  await shop.until(other(shop, "nobody", true));
  await shop.until(shop.client.patch(lease, { type: "merge", body: { spec: { holderIdentity: null } } }));
  const before = shop.sandbox.requests.length;
  const ending = await shop.until(retired(shop, async () => undefined));
  assert.equal(ending.outcome, "refused");
  assert.deepEqual(
    shop.sandbox.requests.slice(before).filter(({ isWrite }) => isWrite),
    [],
  );
});
