import assert from "node:assert/strict";
import { test } from "node:test";
import type { Sandbox } from "../sandbox.ts";
import { ask, conditionsOf, deployment, virtualSandbox } from "../test-shop.ts";

const web = "apps/v1 deployments/web";
const rolling = (maxSurge: number, maxUnavailable: number) => ({
  type: "RollingUpdate",
  rollingUpdate: { maxSurge, maxUnavailable },
});

function sizes(sandbox: Sandbox): Record<string, number> {
  const sets = sandbox.registry.store.list("ReplicaSet", "shop");
  return Object.fromEntries(sets.map(({ spec }) => [spec.template.spec.containers[0]?.image ?? "", spec.replicas]));
}

function setImage(image: string): object {
  return { spec: { template: { spec: { containers: [{ name: "app", image }] } } } };
}

test("scaling in the middle of a rollout keeps the shares of both ReplicaSets", async () => {
  const objects = [deployment("web", "shop:1", { replicas: 10, strategy: rolling(3, 2) })];
  await using sandbox = await virtualSandbox({ objects });
  await sandbox.clock.advance(5_000);
  await ask(sandbox, `strategic ${web}`, setImage("shop:never"));
  await sandbox.clock.advance(3_000);
  assert.deepEqual(sizes(sandbox), { "shop:1": 8, "shop:never": 5 });
  await ask(sandbox, `merge ${web}/scale`, { spec: { replicas: 15 } });
  await sandbox.clock.advance(1_000);
  assert.deepEqual(sizes(sandbox), { "shop:1": 11, "shop:never": 7 });
});

test("a paused Deployment scales and does not roll; then it goes on", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1", { paused: false })] });
  await sandbox.clock.advance(5_000);
  await ask(sandbox, `strategic ${web}`, { spec: { paused: true, replicas: 4 } });
  await ask(sandbox, `strategic ${web}`, setImage("shop:2"));
  await sandbox.clock.advance(2_000);
  const paused = sandbox.registry.store.get("Deployment", "shop", "web");
  assert.deepEqual([sizes(sandbox), conditionsOf(paused).Progressing], [{ "shop:1": 4 }, "Unknown DeploymentPaused"]);
  await ask(sandbox, `merge ${web}`, { spec: { paused: false } });
  await sandbox.clock.advance(10_000);
  assert.deepEqual(sizes(sandbox), { "shop:1": 0, "shop:2": 4 });
  const resumed = sandbox.registry.store.get("Deployment", "shop", "web");
  assert.equal(conditionsOf(resumed).Progressing, "True NewReplicaSetAvailable");
});

test("a ReplicaSet of another owner under the same name counts as a collision", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1")] });
  await sandbox.clock.advance(5_000);
  const { store } = sandbox.registry;
  const [first] = store.list("ReplicaSet", "shop");
  assert.ok(first);
  await ask(sandbox, `DELETE ${web}?propagationPolicy=Orphan`);
  await sandbox.clock.advance(10);
  const ownerReferences = [{ apiVersion: "v1", kind: "ConfigMap", name: "other", uid: "other", controller: true }];
  const foreign = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "other", uid: "other" } };
  await ask(sandbox, "POST v1 configmaps", foreign);
  const owner = store.get("ConfigMap", "shop", "other")?.metadata.uid ?? "";
  const owned = { metadata: { ownerReferences: [{ ...ownerReferences[0], uid: owner }] } };
  await ask(sandbox, `merge apps/v1 replicasets/${first.metadata.name}`, owned);
  await ask(sandbox, "POST apps/v1 deployments", deployment("web", "shop:1"));
  await sandbox.clock.advance(5_000);
  const again = store.get("Deployment", "shop", "web");
  assert.deepEqual([again?.status.collisionCount, again?.status.readyReplicas], [1, 3]);
  assert.equal(store.list("ReplicaSet", "shop").length, 2);
});

test("pods are deleted in the order of their uselessness", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1", { replicas: 4 })] });
  await sandbox.clock.advance(5_000);
  const { store } = sandbox.registry;
  const names = store.list("Pod", "shop").map(({ metadata }) => metadata.name);
  const cost = { metadata: { annotations: { "controller.kubernetes.io/pod-deletion-cost": "-5" } } };
  await ask(sandbox, `merge v1 pods/${names[2]}`, cost);
  await ask(sandbox, `merge ${web}/scale`, { spec: { replicas: 3 } });
  await sandbox.clock.advance(1_000);
  const left = store.list("Pod", "shop").map(({ metadata }) => metadata.name);
  assert.deepEqual(left, names.toSpliced(2, 1));
});
