import assert from "node:assert/strict";
import { test } from "node:test";
import { activeColor, history, openShop, replicas } from "./open-shop.ts";
import { emptyTown, manifests } from "./shop.ts";
import { versionAt, visit } from "./traffic.ts";

test("one set of manifests installs the service, changes its configuration alone, and goes back with it", async () => {
  await using shop = await openShop(emptyTown());
  const { store } = shop.sandbox.registry;
  const release = async (tag: string, greeting: string) => {
    shop.checkOut({ "k8s/shop.yaml": manifests(tag, greeting) });
    const { outputs, log } = await shop.deploy({ manifests: "k8s" });
    assert.equal(outputs.outcome, "succeeded", log);
    return outputs;
  };
  const greetings = () => store.list("ConfigMap", "shop").map(({ metadata, data }) => [metadata.name, data]);

  assert.equal((await release("v1", "hello"))["previous-color"], "");
  assert.deepEqual([activeColor(shop), replicas(shop)], ["blue", { blue: 3 }], "an autoscaler asks for three");
  const { url } = await shop.sandbox.openService("shop", "shop");
  await using visitors = visit(url);

  await release("v1", "welcome");
  assert.deepEqual([activeColor(shop), replicas(shop)], ["green", { blue: 3, green: 3 }]);
  await release("v3", "good evening");
  assert.deepEqual(greetings(), [
    ["greeting-blue", { text: "good evening" }],
    ["greeting-green", { text: "welcome" }],
  ]);

  const back = await shop.rollback({ to: "1" });
  assert.deepEqual([back.outputs.outcome, back.outputs.revision], ["succeeded", "1"], back.log);
  const active = activeColor(shop);
  assert.deepEqual(store.get("ConfigMap", "shop", `greeting-${active}`)?.data, { text: "hello" });
  assert.deepEqual(history(shop), ["1 confirmed", "2 confirmed", "3 failed"]);
  assert.equal(await versionAt(url), "v1");
  const { lost, versions } = await visitors.leave();
  assert.deepEqual([lost, versions], [[], ["v1", "v3"]]);
});

test("each color has a budget and an autoscaler of its own, which follow its Deployment", async () => {
  await using shop = await openShop(emptyTown());
  shop.checkOut({ "shop.yaml": manifests("v1", "hello") });
  await shop.deploy({ manifests: "shop.yaml" });
  await shop.deploy({ manifests: "shop.yaml", images: "app=registry.example/shop:v2" });
  const { store } = shop.sandbox.registry;
  const budgets = store.list("PodDisruptionBudget", "shop").map(({ metadata, spec }) => [metadata.name, spec]);
  const budget = (color: string) => ({ maxUnavailable: 1, selector: { matchLabels: { app: "shop", color } } });
  assert.deepEqual(budgets, [
    ["shop-blue", budget("blue")],
    ["shop-green", budget("green")],
  ]);
  const scaled = store.list("HorizontalPodAutoscaler", "shop").map(({ metadata, spec }) => {
    return [metadata.name, JSON.parse(JSON.stringify(spec)).scaleTargetRef.name];
  });
  assert.deepEqual(scaled, [
    ["shop-blue", "shop-blue"],
    ["shop-green", "shop-green"],
  ]);
});
