import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CutoverError } from "@cutover/release";
import {
  answer,
  cut,
  delay,
  hang,
  late,
  spoil,
  trickle,
  twice,
  type What,
  webhookDenial,
  webhookTimeout,
} from "@cutover/sandbox";
import { type FaultyShop, faultyShop, shopRef } from "./faulty-shop.test-kit.ts";
import { isUnknownResult } from "./lost-answer.ts";
import { statusReason } from "./status.ts";

/** How a call ends, in how many requests, and after how many milliseconds at least. */
type End = readonly [how: string, requests: number, after?: number];

interface Row {
  what: What;
  read: End;
  write: End;
  /** As the read if not given. */
  dryRun?: End;
  /** Whether the write is stored, once all is over. */
  stored: boolean;
}

const retried: End = ["ok", 2, 250];
const unknown: End = ["unknown", 1];
/** A write is waited for longer than a read. */
const silence = { read: ["ok", 2, 20_000], write: ["unknown", 1, 65_000], dryRun: ["ok", 2, 65_000] } as const;

const untyped =
  "failed to create typed patch object (shop/shop; /v1, Kind=Service): .spec.x: field not declared in schema";

/** One row per fault: reads are asked again, writes only where nothing can have happened. */
const rows: readonly Row[] = [
  { what: answer(409), read: ["conflict", 1], write: ["conflict", 1], stored: false },
  { what: answer(429), read: retried, write: retried, stored: true },
  { what: answer(429, { retryAfter: 7 }), read: ["ok", 2, 7_000], write: ["ok", 2, 7_000], stored: true },
  {
    what: answer(429, { retryAfter: "Tue, 01 Jan 2030 00:00:20 GMT" }),
    read: ["ok", 2, 17_000],
    write: ["ok", 2, 17_000],
    stored: true,
  },
  ...[500, 502, 503, 504].flatMap((code) => [
    { what: answer(code), read: retried, write: unknown, stored: false },
    { what: answer(code, { isHtml: true }), read: retried, write: unknown, stored: false },
    { what: answer(code, { afterCommit: true }), read: retried, write: unknown, stored: true },
  ]),
  { what: answer(503, { retryAfter: 9 }), read: ["ok", 2, 9_000], write: unknown, stored: false },
  { what: answer(401), read: ["unauthorized", 1], write: ["unauthorized", 1], stored: false },
  { what: answer(403), read: ["forbidden", 1], write: ["forbidden", 1], stored: false },
  // It names no object, and that API has been served before.
  { what: answer(404), read: retried, write: unknown, stored: false },
  { what: answer(410), read: ["conflict", 1], write: ["conflict", 1], stored: false },
  { what: webhookDenial("policy", "no", 400), read: ["rejected", 1], write: ["rejected", 1], stored: false },
  { what: webhookDenial("policy", "no", 403), read: ["forbidden", 1], write: ["forbidden", 1], stored: false },
  { what: webhookTimeout("policy"), read: retried, write: ["unavailable", 1], stored: false },
  { what: answer(500, { message: untyped }), read: ["rejected", 1], write: ["rejected", 1], stored: false },
  { what: cut("unread"), read: retried, write: unknown, stored: false },
  { what: cut("before-commit"), read: retried, write: unknown, stored: false },
  { what: cut("after-commit"), read: retried, write: unknown, stored: true },
  { what: spoil("cut"), read: retried, write: unknown, stored: true },
  { what: spoil("short"), read: retried, write: unknown, stored: true },
  { what: spoil("half"), read: retried, write: unknown, stored: true },
  { what: spoil("gzip"), read: retried, write: unknown, stored: true },
  { what: spoil("stall"), read: ["ok", 2, 30_000], write: ["unknown", 1, 30_000], stored: true },
  { what: spoil("endless"), read: retried, write: unknown, stored: true },
  { what: hang("before-commit"), ...silence, stored: false },
  { what: hang("after-commit"), ...silence, stored: true },
  { what: trickle("headers", 1_000), ...silence, stored: true },
  { what: trickle("body", 1_000), read: ["ok", 2, 120_000], write: ["unknown", 1, 120_000], stored: true },
  { what: late(30_000), read: retried, write: unknown, stored: true },
  { what: late(30_000, "hang"), ...silence, stored: true },
  { what: late(30_000, { code: 504 }), read: retried, write: unknown, stored: true },
  { what: delay(15_000), read: ["ok", 1, 15_000], write: ["ok", 1, 15_000], stored: true },
  { what: twice(), read: ["ok", 1], write: ["ok", 1], stored: true },
];

/** How it ended. What the error says must name verb and object. */
async function howEnded(work: Promise<unknown>, deed: string): Promise<string> {
  try {
    await work;
    return "ok";
  } catch (error) {
    assert.ok(error instanceof CutoverError, `no CutoverError but ${String(error)}`);
    assert.ok(error.message.startsWith(`Cannot ${deed} Service shop in namespace shop: `), error.message);
    assert.ok(error.hint);
    assert.equal(isUnknownResult(error), /; the result is unknown$/.test(error.message));
    return isUnknownResult(error) ? "unknown" : error.code;
  }
}

const label = { type: "merge", body: { metadata: { labels: { struck: "yes" } } } } as const;

const calls = {
  read: { deed: "get", start: ({ client }: FaultyShop) => client.get(shopRef) },
  write: { deed: "patch", start: ({ client }: FaultyShop) => client.patch(shopRef, label) },
  "dry run": { deed: "patch", start: ({ client }: FaultyShop) => client.patch(shopRef, label, { dryRun: true }) },
} as const;

suite("one request struck by", () => {
  for (const row of rows) {
    test(row.what.name, async () => {
      for (const [call, { deed, start }] of Object.entries(calls)) {
        await using shop = await faultyShop();
        const struck = shop.sandbox.fault({ when: { request: shop.sandbox.requests.length + 1 }, what: row.what });
        const [before, began] = [shop.sandbox.requests.length, shop.clock.now()];
        const end = await shop.clock.drive(howEnded(start(shop), deed));
        const { read, write, dryRun = read } = row;
        const [how, requests, after = 0] = { read, write, "dry run": dryRun }[call as keyof typeof calls];
        assert.deepEqual([end, shop.sandbox.requests.length - before], [how, requests], call);
        const took = shop.clock.now() - began;
        assert.ok(took >= after && took <= after + 2_000, `${call} took ${took} ms`);
        assert.equal(struck.hits.length, 1);
        await shop.clock.drive(shop.clock.sleep(60_000));
        assert.equal(shop.isStored(), call === "write" && row.stored, call);
      }
    });
  }
});

test("a create that a proxy delivers twice ends as AlreadyExists, by which the caller knows its own", async () => {
  await using shop = await faultyShop();
  shop.sandbox.fault({ when: { verb: "create" }, what: twice() });
  const metadata = { name: "once", namespace: "shop" };
  const create = shop.client.create({ apiVersion: "v1", kind: "ConfigMap", metadata, data: { by: "us" } });
  const error = await shop.clock.drive(create.catch((reason: unknown) => reason));
  assert.equal(statusReason(error), "AlreadyExists");
  assert.deepEqual((await shop.clock.drive(shop.client.get({ ...shopRef, kind: "ConfigMap", name: "once" }))).data, {
    by: "us",
  });
});

test("a write that lands late meets the precondition that it carries", async () => {
  await using shop = await faultyShop();
  const { metadata } = await shop.clock.drive(shop.client.get(shopRef));
  const { resourceVersion } = metadata;
  const conditional = (struck: string) =>
    shop.client.patch(shopRef, { type: "merge", body: { metadata: { resourceVersion, labels: { struck } } } });
  const late30 = shop.sandbox.fault({ what: late(30_000) });
  assert.equal(await shop.clock.drive(howEnded(conditional("late"), "patch")), "unknown");
  await shop.clock.drive(conditional("again"));
  await shop.clock.drive(shop.clock.sleep(31_000));
  assert.equal(late30.hits[0]?.faults.at(-1), "landed 409");
  assert.equal((await shop.clock.drive(shop.client.get(shopRef))).metadata.labels?.struck, "again");
});

test("a list whose continuation expires starts again", async () => {
  await using shop = await faultyShop(501);
  shop.sandbox.fault({ when: { verb: "list", resource: "configmaps", nth: 2 }, what: answer(410) });
  const { items } = await shop.clock.drive(
    shop.client.list({ apiVersion: "v1", kind: "ConfigMap", namespace: "shop" }),
  );
  assert.equal(new Set(items.map(({ metadata }) => metadata.name)).size, 501);
  assert.equal(items.length, 501);
});
