import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CutoverError, cutBy } from "@cutover/release";
import type { AccessRule, ImageTable, KeptConnection } from "@cutover/sandbox";
import type { Client } from "../client/client.ts";
import { openShop, type Shop } from "./engine.test-kit.ts";
import { namespace, shopService, slot, images as usualImages } from "./shop-objects.test-kit.ts";

/** Its second release is wanted; the first one's pods have `grace` to end, and behave as said. */
async function openBusyShop(behavior: object, grace = 5): Promise<Shop> {
  const images: ImageTable = { ...usualImages, "shop:1": { version: "1", ...behavior } };
  const blue = slot("blue", "shop:1", 2);
  const { template } = blue.spec;
  const spec = { ...template.spec, terminationGracePeriodSeconds: grace };
  const patient = { ...blue, spec: { ...blue.spec, template: { ...template, spec } } };
  return await openShop({ images, objects: [shopService("blue"), patient, slot("green", "shop:1", 0)] });
}

function connect({ sandbox }: Shop, count: number): KeptConnection[] {
  return Array.from({ length: count }, () => {
    const connection = sandbox.traffic.connect({ namespace, name: "shop" });
    assert.ok(connection, "nobody takes connections");
    return connection;
  });
}

/** Runs `deed` so many milliseconds after the old slot was asked for no pods. */
function afterScaleDown(shop: Shop, ms: number, deed: () => void): void {
  const { registry, clock } = shop.sandbox;
  const end = registry.store.subscribe(() => {
    if (!isScaledDown(shop)) return;
    end();
    clock.schedule(ms, deed);
  });
}

function isScaledDown({ sandbox }: Shop): boolean {
  return sandbox.registry.store.get("Deployment", namespace, "shop-blue")?.spec.replicas === 0;
}

const order = { wanted: { drain: 2_000, previous: "scale-down" } } as const;
const waits = { graceMs: 600_000 };
const warnings = ({ lines }: Shop) => lines.filter((line) => line.startsWith("warning"));

suite("When the old slot is scaled down", () => {
  test("connections that end in the time that they have are not cut, and nobody is warned", async () => {
    await using shop = await openBusyShop(waits, 30);
    const connections = connect(shop, 6);
    afterScaleDown(shop, 15_000, () => {
      for (const one of connections) one.close();
    });
    const { outcome, evidence, journal } = await shop.until(shop.begin(order));
    assert.deepEqual([outcome, warnings(shop)], ["succeeded", []]);
    assert.equal(evidence.parting?.ends.length, 2);
    assert.match(journal.at(-1)?.note ?? "", /^its connections were given time: all pods ended by themselves within /);
  });

  test("connections that outlive drain and grace period are counted, with what to set", async () => {
    await using shop = await openBusyShop(waits);
    const connections = connect(shop, 7);
    afterScaleDown(shop, 2_500, () => {
      for (const one of connections.slice(0, 2)) one.close();
    });
    const { outcome, evidence, journal } = await shop.until(shop.begin(order));
    assert.equal(outcome, "succeeded");
    assert.ok(evidence.parting);
    assert.deepEqual(
      connections.map(({ isOpen }) => isOpen),
      connections.map(() => false),
    );
    const cut = cutBy(evidence.parting);
    assert.deepEqual([cut?.connections, cut?.pods], [5, 2]);
    const message = "5 connections to shop-blue were cut: 2 pods were killed after 5 s";
    assert.equal(journal.at(-1)?.note, message);
    const [warning = "", ...more] = warnings(shop);
    assert.deepEqual(more, []);
    assert.match(
      warning,
      new RegExp(`^warning: ${message}\\. They were still open 7(\\.\\d)? s after the switch: raise`),
    );
    assert.match(warning, /raise `drain` or terminationGracePeriodSeconds \(now 5 s\) until both/);
  });

  test("an application that waits for nobody has cut what was open", async () => {
    await using shop = await openBusyShop({});
    connect(shop, 3);
    const { outcome } = await shop.until(shop.begin(order));
    assert.equal(outcome, "succeeded");
    const message = "3 connections to shop-blue were cut: 2 pods ended without waiting for them";
    assert.deepEqual(
      warnings(shop).map((line) => line.startsWith(`warning: ${message}. `)),
      [true],
    );
  });

  test("why all pods are waited for is told once in a run", async () => {
    await using shop = await openBusyShop({ programs: ["/app"] });
    for (const image of ["shop:2", "shop:1", "shop:2"]) await shop.release(image, order);
    assert.equal(shop.lines.filter((line) => line.startsWith("Waiting until the")).length, 1);
  });

  test("nothing is asked but each pod once where no connection is open", async () => {
    await using shop = await openBusyShop(waits);
    let looks = 0;
    const client: typeof shop.client = {
      ...shop.client,
      exec: async (...asked) => {
        looks += 1;
        return await shop.client.exec(...asked);
      },
    };
    const started = shop.sandbox.requests.length;
    const { evidence } = await shop.until(shop.begin({ ...order, setting: { client } }));
    assert.deepEqual([looks, evidence.parting, warnings(shop)], [2, undefined, []]);
    const afterwards = shop.sandbox.requests.slice(started).map(({ method, path }) => `${method} ${path}`);
    const scaled = afterwards.findLastIndex((line) => /^PATCH .*\/deployments\/shop-blue/.test(line));
    assert.deepEqual(
      afterwards.slice(scaled + 1).filter((line) => line.includes("watch=true")),
      [],
    );
  });

  const blind = [
    ["the credentials may not look", waits, true, /the credentials may not run a command in pods/],
    ["the image has no `cat`", { ...waits, programs: ["/app"] }, false, /container app has no `cat`/],
  ] as const;
  for (const [why, behavior, isForbidden, says] of blind) {
    test(`pods that are killed are told of, uncounted, where ${why}`, async () => {
      await using shop = await openBusyShop(behavior);
      connect(shop, 3);
      if (isForbidden) shop.sandbox.setRules([may(granted)]);
      const { outcome } = await shop.until(shop.begin(order));
      assert.equal(outcome, "succeeded");
      const [warning = "", ...more] = warnings(shop);
      assert.deepEqual(more, []);
      assert.match(warning, /^warning: shop-blue: 2 pods were killed after 5 s, still at work; /);
      assert.match(warning, says);
      assert.match(warning, /If there were connections: raise `drain` or terminationGracePeriodSeconds \(now 5 s\)/);
      const waited = shop.lines.filter((line) => line.startsWith("Waiting until the 2 pods of shop-blue have ended"));
      assert.match(waited.join("\n"), says);
      assert.match(waited.join("\n"), /only those that have some are waited for$/);
    });
  }

  test("pods that end by themselves are no reason to warn where nobody could count", async () => {
    await using shop = await openBusyShop({ programs: ["/app"] });
    connect(shop, 3);
    const { outcome, evidence } = await shop.until(shop.begin(order));
    assert.deepEqual([outcome, evidence.parting?.ends.length, warnings(shop)], ["succeeded", 2, []]);
  });

  for (const what of ["looks", "the watch"] as const) {
    test(`${what} may fail, and the release does not`, async () => {
      await using shop = await openBusyShop(waits);
      connect(shop, 3);
      const { client } = shop;
      const fail = () => Promise.reject(new CutoverError("unavailable", "the API server hiccups"));
      const look: Client["look"] = (...asked) => (isScaledDown(shop) ? fail() : client.look(...asked));
      const failing = { ...client, ...(what === "looks" ? { exec: fail } : { look }) };
      const { outcome, evidence } = await shop.until(shop.begin({ ...order, setting: { client: failing } }));
      assert.deepEqual([outcome, evidence.parting === undefined], ["succeeded", what === "the watch"]);
      assert.equal(/no pod answered in time/.test(warnings(shop).join()), what === "looks");
    });
  }
});

const granted = [
  ...["services", "pods", "pods/proxy", "deployments", "replicasets", "controllerrevisions"],
  ...["endpointslices", "horizontalpodautoscalers", "leases"],
];

function may(resources: readonly string[]): AccessRule {
  return { verbs: ["*"], apiGroups: ["*"], resources };
}
