import assert from "node:assert/strict";
import { test } from "node:test";
import { at } from "@cutover/sandbox";
import { openShop, stored } from "./engine.test-kit.ts";
import { namespace } from "./shop-objects.test-kit.ts";

const revision = "deployment.kubernetes.io/revision";

test("A write keeps what the Deployment controller has noted on the slot since it was read", async () => {
  await using shop = await openShop();
  const green = () => stored(shop, "Deployment", "shop-green").metadata.annotations?.[revision];
  const isFilling = ({ body }: { body: unknown }) => JSON.stringify(body).includes("/spec/template");
  const when = { verb: "patch", resource: "deployments", if: isFilling };
  const note = at("before-commit", ({ registry }) =>
    registry.update(
      { kind: "Deployment", namespace, name: "shop-green" },
      (live) => {
        const annotations = { ...live.metadata.annotations, [revision]: "41" };
        return { ...live, metadata: { ...live.metadata, annotations } };
      },
      { manager: "kube-controller-manager" },
    ),
  );
  const noted = shop.sandbox.fault({ when, what: note });
  const seen: unknown[] = [];
  const end = shop.sandbox.registry.store.subscribe(({ kind }) => {
    if (kind === "Deployment" && noted.hits.length > 0) seen.push(green());
  });
  const ending = await shop.release("shop:2");
  end();
  assert.equal(ending.outcome, "succeeded", ending.reason);
  assert.deepEqual([noted.hits.length, [...new Set(seen)]], [1, ["41", "2"]]);
});
