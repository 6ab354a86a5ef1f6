import assert from "node:assert/strict";
import { test } from "node:test";
import { activeColor, failureOf, history, openShop } from "./open-shop.ts";
import { manifests, plainShop, service } from "./shop.ts";
import { visit } from "./traffic.ts";

const v2 = { images: "app=registry.example/shop:v2", adopt: "true" };

test("a Service that selects no color is looked at, taken over, released and gone back on, under traffic", async () => {
  await using shop = await openShop(plainShop());
  const look = await shop.deploy({ ...v2, "dry-run": "true" });
  assert.equal(look.outputs.outcome, "succeeded", look.log);
  const steps = look.log.split("\n").filter((line) => /^\d+\. /.test(line));
  assert.deepEqual(steps.slice(1, 6), [
    "2. Record what blue serves now",
    "3. Adopt Deployment shop as blue",
    "4. Wait until blue is ready",
    "5. Narrow the selector to blue",
    "6. Confirm that blue serves revision 1",
  ]);
  const [, deployment = "", selector = ""] = look.log.split(/^(?:3|5)\. .*$/m);
  assert.match(deployment, /\+\+\+ Deployment shop then[\s\S]*\n *\+ +color: blue\n/);
  assert.match(selector, /\+\+\+ Service shop then[\s\S]*\n *selector:\n +app: shop\n *\+ +color: blue\n/);
  const writes = () => shop.sandbox.requests.filter(({ isWrite }) => isWrite).length;
  assert.equal(writes(), 0);

  const { url } = await shop.sandbox.openService("shop", "shop");
  const visitors = visit(url);
  const run = await shop.deploy(v2);
  assert.deepEqual(
    [run.outputs.outcome, run.outputs.revision, run.outputs.color],
    ["succeeded", "2", "green"],
    run.log,
  );
  const back = await shop.rollback();
  assert.equal(back.outputs.outcome, "succeeded", back.log);
  const { lost, versions } = await visitors.leave();
  assert.deepEqual([lost, versions], [[], ["v1", "v2"]]);
  assert.deepEqual([activeColor(shop), history(shop)], ["blue", ["1 confirmed", "2 failed"]]);
});

test("a Service is not taken over while something would mistake a preview for what serves", async () => {
  const plain = plainShop();
  await using shop = await openShop({
    ...plain,
    objects: [...(plain.objects ?? []), service("shop-metrics", { app: "shop" })],
  });
  shop.checkOut({ "shop.yaml": manifests("v2", "hello") });
  const run = await shop.deploy({ manifests: "shop.yaml", adopt: "true" });
  assert.equal(run.outputs.outcome, "refused");
  assert.equal(
    failureOf(run),
    [
      "Service shop-metrics selects the pods of Deployment shop by labels that previews carry too, so it would send to them before they are proved",
      "Nothing was switched.",
      "What to do: Add color, or another label that previews lack, to its selector. If it is meant to reach both colors: kubectl annotate service shop-metrics cutover.dev/colors=both",
    ].join("\n"),
  );
  assert.ok(!shop.sandbox.requests.some(({ isWrite }) => isWrite));
});

test("several Services that select no color are taken over and released together", async () => {
  await using mall = await openShop(plainShop("api", "web"));
  const images = ["api", "web"].map((name) => `${name}=registry.example/shop:v2`).join("\n");
  const run = await mall.deploy({ service: "api\nweb", images, adopt: "true" });
  assert.equal(run.outputs.outcome, "succeeded", run.log);
  for (const name of ["api", "web"]) assert.equal(activeColor(mall, "color", name), "green");
});
