import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../json.ts";
import { ask, conditionsOf, deployment, virtualSandbox } from "../test-shop.ts";

function scaler(spec: JsonObject): JsonObject {
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
  const metadata = { name: "web", namespace: "shop" };
  return { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata, spec: { scaleTargetRef, ...spec } };
}

function budget(name: string, spec: JsonObject): JsonObject {
  const metadata = { name, namespace: "shop" };
  return { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata, spec };
}

test("an autoscaler lifts its target to the floor, lowers it to the ceiling, and leaves zero alone", async () => {
  const objects = [deployment("web", "shop:1", { replicas: 1 }), scaler({ minReplicas: 2, maxReplicas: 4 })];
  await using sandbox = await virtualSandbox({ objects });
  const { store } = sandbox.registry;
  const size = (): number | undefined => store.get("Deployment", "shop", "web")?.spec.replicas;
  const conditions = () => conditionsOf(store.get("HorizontalPodAutoscaler", "shop", "web"));
  await sandbox.clock.advance(100);
  assert.deepEqual([size(), conditions().AbleToScale], [2, "True SucceededRescale"]);
  await sandbox.clock.advance(16_000);
  assert.deepEqual(conditions(), {
    AbleToScale: "True SucceededGetScale",
    ScalingActive: "False FailedGetResourceMetric",
  });
  await ask(sandbox, "merge apps/v1 deployments/web/scale", { spec: { replicas: 9 } });
  await sandbox.clock.advance(16_000);
  assert.equal(size(), 4);
  await ask(sandbox, "merge apps/v1 deployments/web/scale", { spec: { replicas: 0 } });
  await sandbox.clock.advance(16_000);
  assert.deepEqual([size(), conditions().ScalingActive], [0, "False ScalingDisabled"]);
});

test("an autoscaler without a target says so", async () => {
  await using sandbox = await virtualSandbox({ objects: [scaler({ minReplicas: 2, maxReplicas: 4 })] });
  await sandbox.clock.advance(100);
  const [condition] = sandbox.registry.store.get("HorizontalPodAutoscaler", "shop", "web")?.status.conditions ?? [];
  const message = 'the HPA controller was unable to get the target\'s current scale: deployments.apps "web" not found';
  assert.deepEqual([condition?.status, condition?.reason, condition?.message], ["False", "FailedGetScale", message]);
});

const selector = { matchLabels: { app: "web" } };
const budgets: readonly [string, JsonObject, readonly number[], string][] = [
  ["minAvailable 3", { minAvailable: 3, selector }, [4, 3, 1, 4], "True SufficientPods"],
  ["minAvailable 90%", { minAvailable: "90%", selector }, [4, 4, 0, 4], "False InsufficientPods"],
  ["maxUnavailable 1", { maxUnavailable: 1, selector }, [4, 3, 1, 4], "True SufficientPods"],
  ["maxUnavailable 30%", { maxUnavailable: "30%", selector }, [4, 2, 2, 4], "True SufficientPods"],
  ["nobody", { maxUnavailable: 1, selector: { matchLabels: { app: "x" } } }, [0, 0, 0, 0], "False InsufficientPods"],
];

test("budgets count what is healthy, what must be, and what may go", async () => {
  const objects = budgets.map(([name, spec]) => budget(name.toLowerCase().replaceAll(/\W/g, ""), spec));
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1", { replicas: 4 }), ...objects] });
  await sandbox.clock.advance(5_000);
  for (const [name, , counts, condition] of budgets) {
    const live = sandbox.registry.store.get("PodDisruptionBudget", "shop", name.toLowerCase().replaceAll(/\W/g, ""));
    const { currentHealthy, desiredHealthy, disruptionsAllowed, expectedPods } = live?.status ?? {};
    assert.deepEqual([currentHealthy, desiredHealthy, disruptionsAllowed, expectedPods], counts, name);
    assert.equal(conditionsOf(live).DisruptionAllowed, condition, name);
  }
});
