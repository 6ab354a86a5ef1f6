import assert from "node:assert/strict";
import { test } from "node:test";
import { service, shop } from "../../../test/journeys/shop.ts";
import { checked, told } from "../checked.test-kit.ts";

function shopWith(other: object) {
  const base = shop();
  const objects = (base.objects ?? []).filter(({ kind }) => kind !== "Service");
  return { ...base, objects: [...objects, other] } as typeof base;
}

test("the Service selects a color", async () => {
  assert.equal(told(await checked("selector")), "pass: Service shop selects blue");
});

test("a Service without a color is refused, as a release would be", async () => {
  const found = await checked("selector", { options: shopWith(service("shop", { app: "shop" })) });
  assert.match(told(found), /^fail: Service shop selects no color/);
});

test("a label that the pods do not carry would leave the Service without any", async () => {
  const found = await checked("selector", {
    options: shopWith(service("shop", { app: "shop", tier: "front", color: "blue" })),
  });
  assert.match(told(found), /^(fail|pass): /);
});
