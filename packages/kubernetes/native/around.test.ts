import assert from "node:assert/strict";
import { test } from "node:test";
import { isCutoverError } from "@cutover/release";
import { answer } from "@cutover/sandbox";
import { readAround } from "./around.ts";
import { openShop } from "./engine.test-kit.ts";
import { namespace, usual } from "./shop-objects.test-kit.ts";

const backend = { service: { name: "shop", port: { number: 80 } } };
const ingress = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "web", namespace },
  spec: { defaultBackend: backend },
};

test("What is around is one list a kind; a kind that the cluster does not know is none, and no word is lost on it", async () => {
  await using shop = await openShop({ objects: [...usual, ingress] });
  const before = shop.sandbox.requests.length;
  const { services, budgets, routes } = await shop.until(readAround(shop.client, namespace, shop.setting({}).log));
  const found = [...services, ...budgets, ...routes].map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  assert.deepEqual(found, ["Service shop", "Ingress web"]);
  assert.equal(shop.sandbox.requests.length - before, 4);
  assert.deepEqual(shop.lines, []);
});

test("What may not be listed is not looked at, and that is said in one line", async () => {
  await using shop = await openShop({ objects: [...usual, ingress] });
  const verbs = ["*"];
  shop.sandbox.setRules([{ verbs, apiGroups: [""], resources: ["*"] }]);
  const { routes, budgets } = await shop.until(readAround(shop.client, namespace, shop.setting({}).log));
  assert.deepEqual([routes, budgets], [[], []]);
  assert.deepEqual(shop.lines, ["Not looked at, for want of the right to list them: PodDisruptionBudget, Ingress"]);
});

test("A server that fails is no cluster without routes", async () => {
  await using shop = await openShop();
  const when = { resource: "ingresses" };
  shop.sandbox.fault({ when, what: answer(422), times: Number.POSITIVE_INFINITY });
  const reading = shop.until(readAround(shop.client, namespace, shop.setting({}).log));
  await assert.rejects(reading, (error) => isCutoverError(error) && error.code !== "not-found");
});
