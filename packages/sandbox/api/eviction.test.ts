import assert from "node:assert/strict";
import { test } from "node:test";
import { type JsonObject, objectAt } from "../json.ts";
import type { Sandbox } from "../sandbox.ts";
import { ask, deployment, virtualSandbox } from "../test-shop.ts";

const budget = {
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "web", namespace: "shop" },
  spec: { minAvailable: 2, selector: { matchLabels: { app: "web" } } },
};

function evict(sandbox: Sandbox, name: string, query = "") {
  const body: JsonObject = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace: "shop" } };
  return ask(sandbox, `POST v1 pods/${name}/eviction${query}`, body);
}

test("evicts as many pods as the disruption budget allows, and then no more", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1"), budget] });
  await sandbox.clock.advance(3_000);
  const { store } = sandbox.registry;
  const [first = "", second = ""] = store.list("Pod", "shop").map(({ metadata }) => metadata.name);
  assert.equal((await evict(sandbox, first, "?dryRun=All")).status, 201);
  const evicted = await evict(sandbox, first);
  assert.deepEqual([evicted.status, evicted.body.status], [201, "Success"]);
  const gone = store.get("Pod", "shop", first);
  assert.notEqual(gone?.metadata.deletionTimestamp, undefined);
  const target = gone?.status.conditions?.find(({ type }) => type === "DisruptionTarget");
  assert.deepEqual([target?.status, target?.reason], ["True", "EvictionByEvictionAPI"]);
  const refused = await evict(sandbox, second);
  const message = "Cannot evict pod as it would violate the pod's disruption budget.";
  assert.deepEqual([refused.status, refused.body.reason, refused.body.message], [429, "TooManyRequests", message]);
  await sandbox.clock.advance(60_000);
  assert.equal((await evict(sandbox, second)).status, 201);
});

test("names the budget that forbids, and what is wrong with the request", async () => {
  const strict = { ...budget, spec: { ...budget.spec, minAvailable: 3 } };
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1"), strict] });
  await sandbox.clock.advance(3_000);
  const [pod] = sandbox.registry.store.list("Pod", "shop");
  const refused = await evict(sandbox, pod?.metadata.name ?? "");
  const why = "The disruption budget web needs 3 healthy pods and has 3 currently";
  assert.deepEqual(objectAt(refused.body, "details").causes, [{ reason: "DisruptionBudget", message: why }]);
  const other = await ask(sandbox, `POST v1 pods/${pod?.metadata.name}/eviction`, { metadata: { name: "other" } });
  assert.deepEqual([other.status, other.body.message], [400, "name in URL does not match name in Eviction object"]);
  assert.equal((await evict(sandbox, "nope")).status, 404);
});
