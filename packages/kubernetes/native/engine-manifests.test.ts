import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Resource } from "../client/model.ts";
import { active, openShop, type Shop, stepsOf, stored } from "./engine.test-kit.ts";
import { preview } from "./preview.ts";
import { autoscaler, configMap, manifestsOfShop, slot, withConfig } from "./shop-objects.test-kit.ts";
import { openTraffic } from "./traffic.test-kit.ts";

suite("A release with manifests", () => {
  test("installs everything where nothing is, the Service last", async () => {
    await using shop = await openShop({ objects: [] });
    const ending = await shop.release("", { source: withConfig("shop:1", "one") });
    assert.equal(ending.outcome, "succeeded", ending.reason);
    const kinds = shop.heard.writes.map(({ kind }) => kind);
    assert.ok(kinds.indexOf("Service") > kinds.indexOf("Deployment"));
    await using traffic = await openTraffic(shop);
    await shop.pass(500);
    assert.deepEqual([traffic.lost, traffic.versions], [[], ["1"]]);
  });

  test("that brings an autoscaler prepares the slot once, at its floor", async () => {
    await using shop = await openShop({ objects: [] });
    const source = manifestsOfShop("shop:1", { extras: (color) => [autoscaler(`shop-${color}`, 3)] });
    const ending = await shop.release("", { source });
    assert.deepEqual(
      stepsOf(ending).filter((step) => step === "prepare"),
      ["prepare"],
    );
    assert.equal(stored(shop, "Deployment", "shop-blue").spec?.replicas, 3);
    const rescaled = JSON.stringify(shop.sandbox.registry.store.list("Event", "shop"));
    assert.doesNotMatch(rescaled, /SuccessfulRescale/, "the autoscaler found its floor there already");
  });

  test("of nothing but a new configuration makes new pods too", async () => {
    await using shop = await openShop({ objects: [] });
    await shop.release("", { source: withConfig("shop:1", "one") });
    await using traffic = await openTraffic(shop);
    const ending = await shop.release("", { source: withConfig("shop:1", "two") });
    await shop.pass(500);
    assert.deepEqual([ending.outcome, active(shop), traffic.lost], ["succeeded", "green", []]);
    assert.deepEqual(stored(shop, "ConfigMap", "shop-config-blue").data, { greeting: "one" });
    assert.deepEqual(stored(shop, "ConfigMap", "shop-config-green").data, { greeting: "two" });
  });

  test("moves the Service's ports with its selector, and a rollback moves them back", async () => {
    await using shop = await openShop({ objects: [] });
    const port = (targetPort: number) => ({ ports: [{ name: "http", port: 80, targetPort, protocol: "TCP" }] });
    await shop.release("", { source: manifestsOfShop("shop:1", { service: port(8080) }) });
    await shop.release("", { source: manifestsOfShop("shop:2", { service: port(9090) }) });
    assert.deepEqual(stored(shop, "Service", "shop").spec?.ports, port(9090).ports);
    const back = await shop.rollback();
    assert.equal(back.outcome, "succeeded", back.reason);
    assert.deepEqual(stored(shop, "Service", "shop").spec?.ports, port(8080).ports);
  });

  test("may have another number behind the name of a port: each pod is sent to by its own", async () => {
    await using shop = await openShop({ objects: [] });
    const ports = [{ name: "http", port: 80, targetPort: "web", protocol: "TCP" }];
    const on = (image: string, containerPort: number) => {
      const source = manifestsOfShop(image, { service: { ports } });
      const named = JSON.stringify(source).replaceAll('"containerPort":8080', '"name":"web","containerPort":8080');
      return JSON.parse(named.replaceAll("8080", String(containerPort)));
    };
    await shop.release("", { source: on("shop:1", 8080) });
    await using traffic = await openTraffic(shop);
    const ending = await shop.release("", { source: on("shop:2", 9090) });
    await shop.pass(500);
    assert.deepEqual([ending.outcome, traffic.lost, traffic.versions], ["succeeded", [], ["1", "2"]], ending.reason);
  });

  test("that changed ports gives them back to what nobody has recorded ports of", async () => {
    await using shop = await openShop();
    const ports = [{ name: "http", port: 80, targetPort: 9090, protocol: "TCP" }];
    const source = manifestsOfShop("shop:2", { service: { ports } });
    await forgetManagers(shop);
    const ending = await shop.release("", { source });
    assert.equal(ending.outcome, "succeeded", ending.reason);
    await shop.rollback();
    assert.match(JSON.stringify(stored(shop, "Service", "shop").spec?.ports), /"targetPort":8080/);
  });

  test("tells beforehand which shared object reaches the pods that serve", async () => {
    await using shop = await openShop({ objects: [] });
    const shared = (greeting: string) =>
      manifestsOfShop("shop:1", {
        extras: (color) => [configMap("shop-config", greeting), configMap(`own-${color}`, greeting)],
      });
    await shop.release("", { source: shared("one") });
    const setting = shop.setting({ source: shared("two") });
    const wanted = {
      kind: "deploy",
      switch: "auto",
      soak: 0,
      drain: 0,
      previous: "keep",
      probe: true,
      smoke: false,
    } as const;
    const writes = shop.heard.writes.length;
    await shop.until(preview(setting, wanted));
    assert.equal(shop.heard.writes.length, writes);
    const warnings = shop.lines.filter((line) => line.startsWith("warning"));
    assert.equal(warnings.length, 1, warnings.join("\n"));
    assert.match(
      warnings[0] ?? "",
      /^warning: ConfigMap shop-config is shared by both colors: its change reaches blue/,
    );
  });

  test("is refused where something that is not a person's tool keeps its fields", async () => {
    await using shop = await openShop();
    const ending = await shop.release("", { source: manifestsOfShop("shop:2") });
    assert.equal(ending.outcome, "refused");
    assert.match(ending.reason, /^Deployment shop-green has fields that something else keeps: .*image \(sandbox\)/);
    assert.equal(active(shop), "blue");
  });

  test("keeps no value of a Secret in the history", async () => {
    await using shop = await openShop({ objects: [] });
    const secret = (color: string): Resource => ({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: `db-${color}`, namespace: "shop" },
      stringData: { password: "correct horse" },
    });
    const ending = await shop.release("", {
      source: manifestsOfShop("shop:1", { extras: (color) => [secret(color)] }),
    });
    assert.equal(ending.outcome, "succeeded", ending.reason);
    const text = JSON.stringify(shop.sandbox.registry.store.list("ControllerRevision", "shop"));
    assert.match(text, /db-blue/);
    assert.doesNotMatch(text, /correct horse|Y29ycmVjdCBob3JzZQ/);
  });
});

/** As if the green Deployment had been made by kubectl. */
async function forgetManagers(shop: Shop): Promise<void> {
  const ref = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "shop-green" };
  await shop.until(shop.client.delete(ref, { propagation: "Background" }));
  await shop.until(shop.client.create(slot("green", "shop:1", 0), { fieldManager: "kubectl-create" }));
}
