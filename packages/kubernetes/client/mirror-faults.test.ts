import assert from "node:assert/strict";
import { test } from "node:test";
import {
  answer,
  cut,
  type Fault,
  hang,
  laggingReplica,
  watchCloses,
  watchCrumbles,
  watchErrs,
  watchGathers,
  watchGoesBack,
  watchRepeats,
  watchStalls,
  watchSwells,
  watchWithoutBookmarks,
} from "@cutover/sandbox";
import { configMap, type FaultyShop, faultyShop } from "./faulty-shop.test-kit.ts";
import { type Mirror, openMirror } from "./mirror.ts";
import type { Resource } from "./model.ts";

const configMaps = { apiVersion: "v1", kind: "ConfigMap", namespace: "shop" };
const always = Number.POSITIVE_INFINITY;

interface Row {
  name: string;
  fault(shop: FaultyShop): Fault;
  /** Milliseconds in which the mirror must show what the fault hid; default 10000. */
  within?: number;
}

const watched = (fault: Omit<Fault, "when">): Row => ({
  name: `${fault.what.name}${fault.times === always ? ", always" : ""}`,
  fault: () => ({ when: { verb: "watch" }, ...fault }),
});

const rows: readonly Row[] = [
  watched({ what: watchCloses(0), times: 3 }),
  watched({ what: watchCloses(1), times: always }),
  watched({ what: watchErrs(0), times: 3 }),
  watched({ what: watchErrs(1), times: 3 }),
  watched({ what: watchErrs(1, 500), times: 3 }),
  watched({ what: answer(410), times: 3 }),
  watched({ what: answer(404), times: 3 }),
  watched({ what: answer(503), times: 3 }),
  watched({ what: answer(429, { retryAfter: 1 }), times: 3 }),
  watched({ what: answer(403) }),
  watched({ what: cut("unread"), times: 3 }),
  { ...watched({ what: hang("before-commit") }), within: 30_000 },
  watched({ what: watchWithoutBookmarks(), times: always }),
  watched({ what: watchRepeats(), times: always }),
  watched({ what: watchGoesBack(), times: always }),
  watched({ what: watchGathers(2), times: always }),
  watched({ what: watchCrumbles(), times: always }),
  { ...watched({ what: watchStalls(0) }), within: 50_000 },
  { ...watched({ what: watchStalls(1) }), within: 50_000 },
  watched({ what: watchSwells(1_500_000), times: always }),
  {
    name: "a replica that is behind",
    fault: ({ sandbox }) => ({
      when: { verb: "watch" },
      what: laggingReplica(sandbox.registry, 5_000),
      times: always,
    }),
  },
];

const data = (items: readonly Resource[]) =>
  Object.fromEntries(items.map((item) => [item.metadata.name, (item.data as { x: string }).x]));

/** Two changes of one object, one more, a new one and one that goes. */
function change({ sandbox: { registry } }: FaultyShop): void {
  const how = { manager: "somebody" };
  for (const [name, x] of [
    ["map-0", "2"],
    ["map-0", "3"],
    ["map-1", "2"],
  ]) {
    const target = { kind: "ConfigMap", namespace: "shop", name: name ?? "" } as const;
    registry.update(target, (live) => ({ ...live, data: { x: x ?? "" } }), how);
  }
  registry.create({ kind: "ConfigMap", namespace: "shop" }, configMap(9), how);
  const gone = registry.store.get("ConfigMap", "shop", "map-2");
  if (gone !== undefined) registry.store.remove("ConfigMap", gone);
}

/** Notes every value that the mirror shows of one object. */
async function note(mirror: Mirror, seen: string[], over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const value = data(mirror.items())["map-0"];
    if (value !== undefined && seen.at(-1) !== value) seen.push(value);
    await mirror.changed();
  }
}

for (const { name, fault, within = 10_000 } of rows) {
  test(`a mirror shows all that happened, and nothing twice, through ${name}`, async () => {
    await using shop = await faultyShop(3);
    const struck = shop.sandbox.fault(fault(shop));
    const mirror = await shop.clock.drive(openMirror(shop.client, configMaps, { clock: shop.clock }));
    const seen: string[] = [];
    const over = new AbortController();
    void note(mirror, seen, over.signal);
    await shop.clock.drive(shop.clock.sleep(1_000));
    change(shop);
    await shop.clock.drive(shop.clock.sleep(within));
    assert.deepEqual(data(mirror.items()), { "map-0": "3", "map-1": "2", "map-9": "1" });
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => Number(a) - Number(b)),
    );
    assert.ok(struck.hits.length > 0);
    over.abort();
    mirror.close();
    await shop.clock.drive(shop.clock.sleep(0));
  });
}
