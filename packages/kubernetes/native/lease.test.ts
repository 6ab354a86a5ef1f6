import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { isCutoverError } from "@cutover/release";
import { cut, hang } from "@cutover/sandbox";
import { identityOf, openShop, type Shop, stored } from "./engine.test-kit.ts";
import type { HeldLease } from "./held-lease.ts";
import { acquireLease, type LeaseSetting, leaseName, releaseLeftover } from "./lease.ts";
import { imagesOfShop, namespace } from "./shop-objects.test-kit.ts";

const name = leaseName("shop");

function setting(shop: Shop, run: number, own: Partial<LeaseSetting> = {}): LeaseSetting {
  return { ...shop.setting({}), identity: identityOf(run), ...own };
}

function acquire(shop: Shop, run: number, own: Partial<LeaseSetting> = {}): Promise<HeldLease> {
  return shop.until(acquireLease(setting(shop, run, own), 0));
}

function holderOf(shop: Shop): unknown {
  return stored(shop, "Lease", name).spec?.holderIdentity;
}

suite("The lock of a service", () => {
  test("is taken where there is none, given back, and taken again under a higher epoch", async () => {
    await using shop = await openShop();
    const first = await acquire(shop, 1);
    assert.equal(holderOf(shop), "shop/1/1/release-1");
    await shop.until(first.release());
    assert.equal(holderOf(shop), undefined);
    const second = await acquire(shop, 2);
    assert.deepEqual([first.epoch, second.epoch], [1, 2]);
    await shop.until(second.release());
  });

  test("has an epoch above everything that the objects carry", async () => {
    await using shop = await openShop();
    const lease = await shop.until(acquireLease(setting(shop, 1), 41));
    assert.equal(lease.epoch, 42);
    await shop.until(lease.release());
  });

  test("is renewed for as long as it is held, and nobody else gets it meanwhile", async () => {
    await using shop = await openShop();
    const lease = await acquire(shop, 1);
    const lines = shop.lines.length;
    await assert.rejects(acquire(shop, 2, { lockTimeout: 90_000 }), (error) => {
      assert.ok(isCutoverError(error, "timed-out"));
      assert.equal(
        error.message,
        "Lease cutover-shop is held by shop/1/1/release-1 (https://example.test/shop/actions/runs/1), and was not free within 1 min 30 s",
      );
      assert.match(error.hint ?? "", /raise `lock-timeout`/);
      return true;
    });
    assert.deepEqual(shop.lines.slice(lines), [
      "Lease cutover-shop is held by shop/1/1/release-1 (https://example.test/shop/actions/runs/1); waiting for it",
    ]);
    assert.equal(lease.lost.aborted, false);
    await shop.until(lease.release());
  });

  test("is anybody's once it stood still for its duration by the waiting run's own clock", async () => {
    await using shop = await openShop();
    await deadHolder(shop);
    const asked = shop.sandbox.clock.now();
    const lease = await acquire(shop, 2);
    const waited = shop.sandbox.clock.now() - asked;
    assert.ok(waited >= 30_000 && waited < 33_000, `${waited} ms`);
    await shop.until(lease.release());
  });

  test("is taken by a rollback at once, and the holder learns that it is lost", async () => {
    await using shop = await openShop();
    const holder = await acquire(shop, 1);
    const asked = shop.sandbox.clock.now();
    const rollback = await acquire(shop, 2, { preempts: true });
    assert.ok(shop.sandbox.clock.now() - asked < 1_000);
    assert.ok(rollback.epoch > holder.epoch);
    await shop.pass(11_000);
    assert.equal(holder.lost.aborted, true);
    await shop.until(holder.release());
    assert.equal(holderOf(shop), "shop/2/1/release-2");
    await shop.until(rollback.release());
  });

  test("is given up where it could not be renewed for 20 seconds", async () => {
    await using shop = await openShop();
    const { client } = shop.heard.listening({
      before: (write) => {
        if (write.index > 0) throw new Error("no network");
      },
    });
    const lease = await acquire(shop, 1, { client });
    await shop.pass(19_000);
    assert.equal(lease.lost.aborted, false);
    await shop.pass(4_000);
    assert.equal(lease.lost.aborted, true);
  });

  test("survives renewals whose answers are lost", async () => {
    await using shop = await openShop();
    const lease = await acquire(shop, 1);
    for (let time = 0; time < 3; time++) {
      shop.sandbox.fault({ when: { verb: "patch", path: name }, what: cut("after-commit") });
      await shop.pass(11_000);
    }
    assert.equal(lease.lost.aborted, false);
    shop.sandbox.fault({ when: { verb: "patch", path: name }, what: cut("after-commit") });
    await shop.until(lease.release());
    assert.equal(holderOf(shop), undefined);
  });

  test("goes to one of many that ask at once", async () => {
    await using shop = await openShop();
    const runs = [1, 2, 3, 4].map((run) => acquireLease(setting(shop, run, { lockTimeout: 3_000 }), 0));
    const ended = await shop.until(Promise.allSettled(runs));
    const held = ended.filter((one) => one.status === "fulfilled");
    assert.equal(held.length, 1);
    for (const { value } of held) await shop.until(value.release());
  });

  test("is not waited for by a job that was cancelled", async () => {
    await using shop = await openShop();
    await deadHolder(shop);
    const job = new AbortController();
    const waiting = acquireLease(setting(shop, 2, { signal: job.signal }), 0);
    void shop.sandbox.clock.sleep(2_500).then(() => job.abort("SIGINT"));
    const asked = shop.sandbox.clock.now();
    await assert.rejects(shop.until(waiting), /Cancelled while waiting for the lock of Service shop/);
    assert.ok(shop.sandbox.clock.now() - asked < 3_000);
  });

  test("that its own process left behind is freed, and no other", async () => {
    await using shop = await openShop();
    await deadHolder(shop);
    const of = (holder: string) => ({ namespace, service: "shop", holder });
    assert.equal(await shop.until(releaseLeftover(shop.client, of("shop/2/1/release-2"))), false);
    assert.equal(await shop.until(releaseLeftover(shop.client, of("dead"))), true);
    assert.equal(holderOf(shop), undefined);
    assert.equal(await shop.until(releaseLeftover(shop.client, of("dead"))), false);
  });

  test("is still tried for when a try of our own, never answered, has used up the time", async () => {
    await using shop = await openShop();
    shop.sandbox.fault({ when: { verb: "create", resource: "leases" }, what: hang("before-commit") });
    const lease = await acquire(shop, 1, { lockTimeout: 60_000 });
    assert.equal(holderOf(shop), "shop/1/1/release-1");
    await shop.until(lease.release());
  });
});

test("A release whose lock cannot even be made says what is missing", async () => {
  await using shop = await openShop();
  const resources = ["services", "deployments", "replicasets", "pods", "endpointslices", "horizontalpodautoscalers"];
  shop.sandbox.setRules([
    { verbs: ["get", "list"], apiGroups: ["*"], resources: [...resources, "controllerrevisions", "leases"] },
  ]);
  const ending = await shop.until(shop.begin({ source: imagesOfShop("shop:2") }));
  assert.equal(ending.outcome, "failed");
  assert.match(ending.reason, /leases\.coordination\.k8s\.io is forbidden/);
  assert.match(ending.hint ?? "", /Role/);
});

async function deadHolder(shop: Shop): Promise<void> {
  const spec = { holderIdentity: "dead", leaseDurationSeconds: 30, leaseTransitions: 3 };
  const metadata = { name, namespace };
  await shop.until(shop.client.create({ apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata, spec }));
}
