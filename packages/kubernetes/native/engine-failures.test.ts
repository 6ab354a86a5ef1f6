import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { annotation, type Processes } from "@cutover/release";
import { hang } from "@cutover/sandbox";
import type { Client } from "../client/client.ts";
import { active, openShop, type Shop, stepsOf, stored } from "./engine.test-kit.ts";
import { images, imagesOfShop, shopService, slot, usual } from "./shop-objects.test-kit.ts";
import { openTraffic } from "./traffic.test-kit.ts";

const resultOf = (shop: Shop, revision: number) =>
  stored(shop, "ControllerRevision", `cutover-shop-${revision}`).metadata.annotations?.[annotation.result];
const replicas = (shop: Shop, name: string) => stored(shop, "Deployment", name).spec?.replicas;

/** Traffic stayed where it was, the failed slot is empty and marked, and the lock is free. */
function assertUnmoved(shop: Shop): void {
  assert.equal(active(shop), "blue");
  assert.deepEqual([replicas(shop, "shop-blue"), replicas(shop, "shop-green")], [2, 0]);
  assert.equal(resultOf(shop, 2), "failed");
  assert.equal(stored(shop, "Lease", "cutover-shop").spec?.holderIdentity, undefined);
}

suite("A release is not switched to", () => {
  test("when its image does not exist, and the pod, its container and the cause are named", async () => {
    await using shop = await openShop();
    const ending = await shop.release("shop:none");
    assert.equal(ending.outcome, "failed");
    assert.match(ending.reason, /shop-green/);
    assert.match(ending.reason, /container app/);
    assert.match(ending.reason, /shop:none/);
    assertUnmoved(shop);
  });

  test("when its pods never become ready", async () => {
    await using shop = await openShop();
    const ending = await shop.release("shop:never", { setting: { timeout: 60_000 } });
    assert.ok(["failed", "timed-out"].includes(ending.outcome), ending.outcome);
    assert.match(ending.reason, /shop-green/);
    assertUnmoved(shop);
  });

  test("when a preview pod answers badly", async () => {
    await using shop = await openShop();
    const ending = await shop.release("shop:error", { setting: { probe: "/version" } });
    assert.equal(ending.outcome, "failed");
    assert.match(ending.reason, /^Pod shop-green-\S+, asked for :8080\/version, answered 500/);
    assertUnmoved(shop);
  });

  test("when the smoke command says no, which reached the preview by its URL", async () => {
    await using shop = await openShop();
    const seen: string[] = [];
    const processes: Processes = {
      run: async ({ env = {} }) => {
        const answer = await fetch(`${env.PREVIEW_URL}/`, { headers: { connection: "close" } });
        seen.push(await answer.text(), `${env.SERVICE} ${env.COLOR} ${env.REVISION}`);
        return { exitCode: 3, stdout: "no", stderr: "", timedOut: false };
      },
    };
    const ending = await shop.release("shop:2", { wanted: { smoke: true }, setting: { smoke: "check", processes } });
    assert.equal(ending.outcome, "failed");
    assert.match(ending.reason, /The smoke command ended with exit code 3/);
    assert.match(seen[0] ?? "", /"version":"2"/);
    assert.equal(seen[1], "shop green 2");
    assertUnmoved(shop);
  });

  test("when the deadline passed before the switch", async () => {
    await using shop = await openShop();
    const processes: Processes = {
      run: async () => {
        await shop.sandbox.clock.sleep(40_000);
        return { exitCode: 0, stdout: "", stderr: "", timedOut: false };
      },
    };
    const setting = { smoke: "check", processes, timeout: 30_000 };
    const ending = await shop.release("shop:2", { wanted: { smoke: true }, setting });
    assert.equal(ending.outcome, "timed-out");
    assert.match(ending.reason, /Service shop was not switched: 30 s had passed/);
    assert.equal(active(shop), "blue");
    const again = await shop.release("shop:2");
    assert.deepEqual([again.outcome, again.observed.service.revision, active(shop)], ["succeeded", 2, "green"]);
  });

  test("when the Service could send to pods that are not ready", async () => {
    const service = shopService("blue", { publishNotReadyAddresses: true });
    await using shop = await openShop({ objects: [service, slot("blue", "shop:1", 2), slot("green", "shop:1", 0)] });
    const ending = await shop.release("shop:2");
    assert.equal(ending.outcome, "refused");
    assert.match(ending.reason, /publishNotReadyAddresses/);
    assert.deepEqual(shop.heard.writes, []);
  });

  test("when a stranger's ready pod would get traffic too", async () => {
    const { spec } = slot("green", "shop:3", 1);
    const selector = { matchLabels: { stranger: "yes" } };
    const metadata = { labels: { app: "shop", color: "green", stranger: "yes" } };
    const stranger = {
      ...slot("green", "shop:3", 1),
      metadata: { name: "stranger", namespace: "shop" },
      spec: { ...spec, selector, template: { ...spec.template, metadata } },
    };
    await using shop = await openShop({ objects: [...usual, stranger] });
    const ending = await shop.release("shop:2", { setting: { timeout: 20_000 } });
    assert.notEqual(ending.outcome, "succeeded");
    assert.equal(active(shop), "blue");
  });
});

suite("After the switch", () => {
  test("pods that turn unready are left within three seconds, and the old slot answers", async () => {
    await using shop = await openShop({ images });
    await shop.release("shop:2");
    await shop.release("shop:1");
    await using traffic = await openTraffic(shop);
    const ending = await shop.release("shop:fades", { wanted: { soak: 30_000 }, setting: { soak: 30_000 } });
    assert.equal(ending.outcome, "rolled-back", ending.reason);
    assert.ok(stepsOf(ending).includes("switch-back"));
    assert.equal(active(shop), "blue");
    assert.equal(replicas(shop, "shop-green"), 0);
    assert.equal(resultOf(shop, 4), "failed");
    const [switched, back] = ending.journal.filter(({ step }) => ["switch", "switch-back"].includes(step.kind));
    const apart = Number(back?.startedAt) - Number(switched?.startedAt);
    assert.ok(apart < 6_000, `${apart} ms`);
    const lost = traffic.lost.length;
    await shop.pass(3_000);
    assert.equal(traffic.lost.length, lost, "the old slot answers all");
  });

  test("a soak whose watches fell silent is judged by what is read at its end", async () => {
    const fading = { version: "fades", unreadyAfterMs: 10_000 };
    await using shop = await openShop({ images: { ...images, "shop:fades": fading } });
    await using _traffic = await openTraffic(shop);
    const { client } = shop.heard;
    const watch: Client["watch"] = (collection, version, options) =>
      shop.lines.includes("# Soak green") ? silence(options?.signal) : client.watch(collection, version, options);
    const setting = { client: { ...client, watch }, soak: 30_000 };
    const ending = await shop.release("shop:fades", { wanted: { soak: 30_000 }, setting });
    assert.equal(ending.outcome, "rolled-back", ending.reason);
    assert.equal(active(shop), "blue");
  });

  test("a slot that somebody moved the Service to is not scaled down", async () => {
    await using shop = await openShop();
    const { client } = shop.heard.listening({
      before: async ({ verb, kind, name }) => {
        if (verb !== "patch" || kind !== "Deployment" || name !== "shop-blue" || active(shop) !== "green") return;
        await moveByHand(shop, "blue");
      },
    });
    const ending = await shop.until(
      shop.begin({ source: imagesOfShop("shop:2"), wanted: { previous: "scale-down" }, setting: { client } }),
    );
    assert.equal(ending.outcome, "superseded", ending.reason);
    assert.match(ending.reason, /Service shop was moved to blue/);
    assert.deepEqual([active(shop), replicas(shop, "shop-blue")], ["blue", 2]);
  });

  test("a slot is not deleted either once the Service has lost its color", async () => {
    await using shop = await openShop();
    let isMoved = false;
    const { client } = shop.heard.listening({
      before: async ({ verb, kind }) => {
        if (verb !== "patch" || kind !== "ControllerRevision" || active(shop) !== "green" || isMoved) return;
        isMoved = true;
        await moveByHand(shop, null);
      },
    });
    const order = { source: imagesOfShop("shop:2"), wanted: { previous: "delete" }, setting: { client } } as const;
    const ending = await shop.until(shop.begin(order));
    assert.ok(["superseded", "refused"].includes(ending.outcome), ending.outcome);
    assert.equal(replicas(shop, "shop-blue"), 2);
  });
});

async function moveByHand(shop: Shop, color: string | null): Promise<void> {
  const ref = { apiVersion: "v1", kind: "Service", namespace: "shop", name: "shop" };
  const body = { spec: { selector: { color } } };
  await shop.client.patch(ref, { type: "merge", body }, { fieldManager: "kubectl-patch" });
}

suite("A job that is cancelled", () => {
  const moments = ["lock", "prepare", "await-ready", "probe", "switch", "confirm", "soak", "drain"] as const;
  for (const moment of moments) {
    test(`while it is at \`${moment}\` ends soon, and a rerun ends well`, async () => {
      await using shop = await openShop({ images: { ...images, "shop:2": { version: "2", readyAfterMs: 5_000 } } });
      const job = new AbortController();
      const wanted = { soak: 20_000, drain: 40_000, previous: "scale-down" } as const;
      const signal = job.signal;
      const setting = { signal, soak: 20_000, log: { ...shop.setting({}).log, group: atGroup(moment, shop, job) } };
      const cancelled = await shop.release("shop:2", { wanted, setting });
      const late = shop.sandbox.clock.now() - Number(job.signal.reason);
      assert.ok(late < 1_500, `${late} ms after the signal: ${cancelled.reason}`);
      assert.equal(cancelled.outcome, "failed", cancelled.reason);
      await using traffic = await openTraffic(shop);
      const again = await shop.release("shop:2", { wanted, setting: { soak: 20_000 } });
      assert.equal(again.outcome, "succeeded", again.reason);
      assert.deepEqual([active(shop), replicas(shop, "shop-blue"), traffic.lost], ["green", 0, []]);
    });
  }
});

const titles: Readonly<Record<string, RegExp>> = {
  lock: /^Lock/,
  prepare: /^Prepare/,
  "await-ready": /^Wait/,
  probe: /^Probe/,
  switch: /^Switch traffic from/,
  confirm: /^Confirm/,
  soak: /^Soak/,
  drain: /^Drain/,
};

/** Cancels `job` half a second into the step, or as soon as it is done. */
function atGroup(moment: string, shop: Shop, job: AbortController) {
  return async <T>(title: string, body: () => Promise<T>): Promise<T> => {
    if (!titles[moment]?.test(title)) return await body();
    const work = body();
    await Promise.race([work, shop.sandbox.clock.sleep(500)]);
    job.abort(shop.sandbox.clock.now());
    return await work;
  };
}

/** A watch that is open and says nothing. */
async function* silence(signal = new AbortController().signal): AsyncGenerator<never> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
}

suite("A release is not taken back", () => {
  test("because a watch of the endpoints falls silent: what is read anew decides", async () => {
    await using shop = await openShop();
    shop.sandbox.fault({ when: { verb: "watch", resource: "endpointslices" }, what: hang("before-commit") });
    const ending = await shop.release("shop:2");
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.equal(active(shop), "green");
  });
});
