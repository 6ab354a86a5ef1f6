import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Color } from "@cutover/release";
import { answer } from "@cutover/sandbox";
import type { Resource } from "../client/model.ts";
import { type Order, openShop, type Shop, stored } from "./engine.test-kit.ts";
import type { Write } from "./heard-client.test-kit.ts";
import { autoscaler, configMap, imagesOfShop, manifestsOfShop, namespace } from "./shop-objects.test-kit.ts";
import type { Source } from "./source.ts";

const secret = (name: string, password: string): Resource => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name, namespace },
  stringData: { password },
});

const everything = (color: Color) => [
  configMap("shared", "both"),
  configMap(`config-${color}`, color),
  secret(`db-${color}`, color),
  autoscaler(`shop-${color}`, 1),
];

const release = (image: string, extras = everything): Source => manifestsOfShop(image, { extras });

/** Objects that releases have made besides Deployments, by name. */
function made({ sandbox: { registry } }: Shop): readonly string[] {
  const kinds = ["ConfigMap", "Secret", "HorizontalPodAutoscaler"] as const;
  const short = { ConfigMap: "config", Secret: "secret", HorizontalPodAutoscaler: "scaler" } as const;
  return kinds
    .flatMap((kind) => registry.store.list(kind, namespace).map(({ metadata: { name } }) => `${short[kind]} ${name}`))
    .filter((one) => !/other|kube-root-ca/.test(one));
}

const deleting = { wanted: { previous: "delete" } } as const;

suite("With a slot that is deleted", () => {
  test("its own objects go, but what both colors share and the Secrets that a rollback needs", async () => {
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: release("shop:1") });
    const ending = await shop.release("", { source: release("shop:2"), ...deleting });
    assert.equal(ending.outcome, "succeeded", ending.reason);
    const left = ["config config-green", "config shared", "secret db-blue", "secret db-green", "scaler shop-green"];
    assert.deepEqual(made(shop), left);
    const back = await shop.rollback();
    assert.equal(back.outcome, "succeeded", back.reason);
    assert.deepEqual(made(shop).includes("config config-blue"), true);
  });

  test("they go when it has no pods any more", async () => {
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: release("shop:1") });
    const before = shop.heard.writes.length;
    await shop.release("", { source: release("shop:2"), ...deleting });
    const deleted = shop.heard.writes.slice(before).filter(({ verb }) => verb === "delete");
    assert.deepEqual(deleted.map(({ kind }) => kind).slice(-1), ["Deployment"]);
    assert.deepEqual(
      new Set(deleted.map(({ kind }) => kind)),
      new Set(["Deployment", "ConfigMap", "HorizontalPodAutoscaler"]),
    );
  });

  test("what somebody else has written on stays, and so does what another Deployment reads", async () => {
    await using shop = await openShop({ objects: [reader("config-blue")] });
    await shop.release("", { source: release("shop:1") });
    const hpa = { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", namespace, name: "shop-blue" };
    const patch = { type: "merge", body: { spec: { maxReplicas: 7 } } } as const;
    await shop.until(shop.client.patch(hpa, patch, { fieldManager: "kubectl-edit" }));
    const ending = await shop.release("", { source: release("shop:2"), ...deleting });
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.ok(made(shop).includes("config config-blue") && made(shop).includes("scaler shop-blue"), made(shop).join());
    assert.match(
      shop.lines.join("\n"),
      /HorizontalPodAutoscaler shop-blue stays though no slot needs it: kubectl-edit has written it too/,
    );
  });

  test("what a release of another service has made too stays", async () => {
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: release("shop:1") });
    const [entry] = shop.sandbox.registry.store.list("ControllerRevision", namespace);
    const others = JSON.parse(JSON.stringify(entry));
    others.metadata = { name: "cutover-cart-1", namespace, labels: { "cutover.dev/service": "cart" } };
    await shop.until(shop.client.create(others));
    await shop.release("", { source: release("shop:2"), ...deleting });
    assert.ok(made(shop).includes("config config-blue"), made(shop).join());
  });

  test("what may not be deleted is told of, and the release has succeeded all the same", async () => {
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: release("shop:1") });
    shop.sandbox.fault({
      when: { verb: "delete", resource: "configmaps" },
      times: Number.POSITIVE_INFINITY,
      what: answer(403),
    });
    const ending = await shop.release("", { source: release("shop:2"), ...deleting });
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.match(
      shop.lines.join("\n"),
      /warning: ConfigMap config-blue is left over from an older release and could not/,
    );
  });
});

suite("What an older release of the same color had and the newer has not", () => {
  test("goes when that is confirmed, but the Secrets of which a rollback needs the values", async () => {
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: release("shop:1") });
    await shop.release("", { source: release("shop:2") });
    assert.equal(made(shop).length, 7, made(shop).join());
    const lean = (color: Color) => [configMap("shared", "both"), configMap(`config-${color}`, "lean")];
    const ending = await shop.release("", { source: release("shop:3", lean) });
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.deepEqual(
      made(shop).filter((one) => /blue$/.test(one)),
      ["config config-blue", "secret db-blue"],
    );
    assert.equal(made(shop).filter((one) => /green$/.test(one)).length, 3, "what is kept for a rollback is whole");
    const back = await shop.rollback(1);
    assert.equal(back.outcome, "succeeded", back.reason);
  });

  test("goes at last with the last revision that names it", async () => {
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: release("shop:1") });
    for (let time = 0; time < 10; time++) {
      assert.ok(made(shop).includes("secret db-blue"), `after ${time}`);
      await shop.release("", { source: release(time % 2 === 0 ? "shop:2" : "shop:3", () => []) });
    }
    assert.deepEqual(made(shop), ["config shared"]);
  });

  test("stays where only images have been released since: nobody knows what those pods read", async () => {
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: release("shop:1") });
    await shop.release("", { source: imagesOfShop("shop:2") });
    await shop.release("", { source: imagesOfShop("shop:3") });
    assert.deepEqual(made(shop), ["config config-blue", "config shared", "secret db-blue", "scaler shop-blue"]);
  });
});

suite("A run that dies before it has tidied up", () => {
  const left = ["config config-green", "config shared", "secret db-blue", "secret db-green", "scaler shop-green"];
  const second = { source: release("shop:2"), ...deleting };

  test("is followed by one that does, with the slot that was to be deleted", async () => {
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: release("shop:1") });
    await dying(shop, second);
    const again = await shop.release("", second);
    assert.equal(again.outcome, "succeeded", again.reason);
    assert.deepEqual(made(shop), left);
    assert.throws(() => stored(shop, "Deployment", "shop-blue"));
  });

  test("has left no slot that counts as a revision whose ConfigMaps have gone", async () => {
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: release("shop:1") });
    await dying(shop, second, "after");
    assert.ok(!made(shop).includes("config config-blue"), made(shop).join());
    const back = await shop.rollback();
    assert.equal(back.outcome, "succeeded", back.reason);
    assert.ok(made(shop).includes("config config-blue"), made(shop).join());
  });

  test("is followed by a retirement that does", async () => {
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: release("shop:1") });
    await dying(shop, second, "after");
    const wanted = { kind: "retire", previous: "delete", probe: false } as const;
    const ending = await shop.until(shop.begin({ source: { kind: "history" }, wanted }));
    assert.equal(ending.outcome, "succeeded", ending.reason);
    assert.deepEqual(made(shop), left);
    assert.throws(() => stored(shop, "Deployment", "shop-blue"));
  });

  test("of a slot that had been scaled down before too", async () => {
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: release("shop:1") });
    await shop.release("", { source: release("shop:2"), wanted: { previous: "scale-down" } });
    await dying(shop, second, "after");
    const back = await shop.rollback();
    assert.equal(back.outcome, "succeeded", back.reason);
    assert.ok(made(shop).includes("config config-blue"), made(shop).join());
  });

  test("is followed by one that does, with what a newer release of the color has not", async () => {
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: release("shop:1") });
    await shop.release("", { source: release("shop:2") });
    const lean = { source: release("shop:3", () => []) };
    await dying(shop, lean);
    assert.ok(made(shop).includes("config config-blue"), made(shop).join());
    const again = await shop.release("", lean);
    assert.equal(again.outcome, "succeeded", again.reason);
    assert.deepEqual(
      made(shop).filter((one) => /blue$/.test(one)),
      ["secret db-blue"],
    );
  });
});

/** The run dies as it deletes the first thing that no slot needs, or just after. */
async function dying(shop: Shop, order: Order, when: "before" | "after" = "before"): Promise<void> {
  let isDead = false;
  const dead = () => {
    if (isDead) throw new Error("it has died");
  };
  const die = ({ verb, kind }: Write) => {
    isDead ||= verb === "delete" && kind !== "Deployment";
    dead();
  };
  const { client } = shop.heard.listening({ before: dead, [when]: die });
  await assert.rejects(shop.until(shop.begin({ ...order, setting: { client } })), /it has died/);
}

/** A Deployment of somebody else whose pods read that ConfigMap. */
function reader(config: string): Resource {
  const labels = { app: "reader" };
  const container = { name: "app", image: "shop:1", envFrom: [{ configMapRef: { name: config } }] };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  const spec = { replicas: 0, selector: { matchLabels: labels }, template };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "reader", namespace }, spec };
}
