import assert from "node:assert/strict";
import { test } from "node:test";
import { allRights } from "../../../test/journeys/shop.ts";
import { checked, told } from "../checked.test-kit.ts";

test("all rights are there", async () => {
  assert.match(told(await checked("rights")), /^pass: \d+ rights in namespace shop$/);
});

test("what is missing is named, all of it", async () => {
  const readOnly = [{ ...allRights[0], verbs: ["get", "list", "watch", "create"] }] as typeof allRights;
  const found = await checked("rights", { before: ({ sandbox }) => sandbox.setRules(readOnly) });
  assert.match(told(found), /^fail: .* in namespace shop: patch services, patch deployments\.apps, /);
  assert.match(found.remedy ?? "", /Role/);
});
