import assert from "node:assert/strict";
import { test } from "node:test";
import type { ImageBehavior } from "@cutover/sandbox";
import { emptyTown, service } from "../../../test/journeys/shop.ts";
import { checked, shopAnd, told } from "../checked.test-kit.ts";

/** A shop whose pods end by themselves. */
const crashing = (afterMs: number) => {
  const crash: ImageBehavior = { version: "v1", crash: { afterMs, exitCode: 3 } };
  return { ...shopAnd(), images: { "registry.example/shop:v1": crash } };
};

test("pods that run pass", async () => {
  assert.equal(told(await checked("restarts")), "pass: None of the 2 pods of Service shop restarts");
});

test("a crash loop is told with its cause", async () => {
  const found = await checked("restarts", { options: crashing(20), before: (town) => town.pass(60_000) });
  assert.match(
    found.evidence,
    /^Pod shop-blue-\S+: container app crashes again and again after Error \(exit code 3\)$/m,
  );
  assert.equal(found.verdict, "warn");
  assert.match(found.remedy ?? "", /^kubectl logs shop-blue-\S+ --container app --previous/);
});

test("a restart of some minutes ago is news, and an old one is not", async () => {
  const once = crashing(200_000);
  const soon = await checked("restarts", { options: once, before: (town) => town.pass(260_000) });
  assert.match(
    told(soon),
    /^warn: Pod shop-blue-\S+: container app restarted 1 min .*ago after Error \(exit code 3\), 1 times in all/,
  );
  const rare = await checked("restarts", { options: crashing(3_600_000), before: (town) => town.pass(5_400_000) });
  assert.equal(told(rare), "pass: None of the 2 pods of Service shop restarts");
});

test("before the first color there is nothing to look at", async () => {
  const { objects = [], ...town } = emptyTown();
  const options = { ...town, objects: [...objects, service("shop", { app: "shop" })] };
  assert.equal(told(await checked("restarts", { options })), "skip: No Service selects a color yet");
});
