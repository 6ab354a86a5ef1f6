import assert from "node:assert/strict";
import { test } from "node:test";
import { allRights } from "../../../test/journeys/shop.ts";
import { checked, releasing, shopAnd, told } from "../checked.test-kit.ts";

const budget = (matchLabels: Readonly<Record<string, string>>, spec: object = { maxUnavailable: 1 }) => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "shop", namespace: "shop" },
  spec: { selector: { matchLabels }, ...spec },
});

const blue = { app: "shop", color: "blue" };

test("without a budget it is said what that means", async () => {
  assert.match(told(await checked("disruption-budgets")), /^skip: No PodDisruptionBudget guards the pods: /);
});

test("a budget of one color passes", async () => {
  const found = await checked("disruption-budgets", { options: shopAnd(budget(blue)) });
  assert.equal(told(found), "pass: PodDisruptionBudget shop guards the pods of one color");
});

test("a budget of both colors hides one behind the other", async () => {
  const found = await checked("disruption-budgets", { options: shopAnd(budget({ app: "shop" })) });
  assert.match(told(found), /^warn: PodDisruptionBudget shop counts the pods of both colors as one/);
  assert.equal(found.remedy, "Add color to its selector, one budget per color.");
});

test("a budget that allows nothing, ever or now, is told", async () => {
  const never = await checked("disruption-budgets", { options: shopAnd(budget(blue, { maxUnavailable: 0 })) });
  assert.match(told(never), /^warn: PodDisruptionBudget shop allows no disruption at all/);
  const options = {
    ...shopAnd(budget(blue, { minAvailable: 1 })),
    images: { "registry.example/shop:v1": { version: "v1", neverReady: true } },
  };
  const now = await checked("disruption-budgets", { options });
  assert.match(told(now), /^warn: PodDisruptionBudget shop allows no disruption now/);
});

test("a budget that comes with the release counts", async () => {
  const found = await checked("disruption-budgets", releasing({}, budget({ app: "shop" })));
  assert.equal(told(found), "pass: PodDisruptionBudget shop-blue guards the pods of one color");
});

test("credentials that may not look leave it open", async () => {
  const rules = [
    { ...allRights[0], apiGroups: ["", "apps", "autoscaling", "discovery.k8s.io"] },
  ] as unknown as typeof allRights;
  const found = await checked("disruption-budgets", { before: ({ sandbox }) => sandbox.setRules(rules) });
  assert.equal(told(found), "skip: The credentials may not list PodDisruptionBudgets");
});
