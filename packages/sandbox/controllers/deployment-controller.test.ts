import assert from "node:assert/strict";
import { test } from "node:test";
import type { Sandbox } from "../sandbox.ts";
import { ask, conditionsOf, deployment, service, virtualSandbox } from "../test-shop.ts";

const web = "apps/v1 deployments/web";

function setImage(image: string): object {
  return { spec: { template: { spec: { containers: [{ name: "app", image }] } } } };
}

function endpoints(sandbox: Sandbox): number {
  const slices = sandbox.registry.store.list("EndpointSlice", "shop");
  return slices.flatMap(({ endpoints: all }) => all ?? []).filter(({ conditions }) => conditions.ready).length;
}

test("brings a Deployment up: ReplicaSet, pods, endpoints, conditions", async () => {
  await using sandbox = await virtualSandbox({
    objects: [deployment("web", "shop:1"), service("web", { app: "web" })],
  });
  await sandbox.clock.advance(5_000);
  const { store } = sandbox.registry;
  const live = store.get("Deployment", "shop", "web");
  const { replicas, readyReplicas, availableReplicas, observedGeneration } = live?.status ?? {};
  assert.deepEqual([replicas, readyReplicas, availableReplicas, observedGeneration], [3, 3, 3, 1]);
  assert.deepEqual(conditionsOf(live), {
    Available: "True MinimumReplicasAvailable",
    Progressing: "True NewReplicaSetAvailable",
  });
  assert.equal(live?.metadata.annotations?.["deployment.kubernetes.io/revision"], "1");
  assert.equal(endpoints(sandbox), 3);
  const [pod] = store.list("Pod", "shop");
  const [endpoint] = store.list("EndpointSlice", "shop")[0]?.endpoints ?? [];
  assert.equal(endpoint?.targetRef.uid, pod?.metadata.uid);
});

test("never has fewer endpoints than asked for during a rolling update without unavailability", async () => {
  const strategy = { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
  await using sandbox = await virtualSandbox({
    objects: [deployment("web", "shop:1", { strategy }), service("web", { app: "web" })],
  });
  await sandbox.clock.advance(5_000);
  await ask(sandbox, `strategic ${web}`, setImage("shop:slow"));
  for (let step = 0; step < 400; step += 1) {
    await sandbox.clock.advance(50);
    assert.ok(endpoints(sandbox) >= 3, `${endpoints(sandbox)} endpoints after ${step * 50} ms`);
    assert.ok(sandbox.registry.store.list("ReplicaSet", "shop").reduce((sum, set) => sum + set.spec.replicas, 0) <= 4);
  }
  const pods = sandbox.registry.store.list("Pod", "shop");
  assert.deepEqual(
    pods.map((pod) => pod.spec.containers[0]?.image),
    ["shop:slow", "shop:slow", "shop:slow"],
  );
});

test("reports ProgressDeadlineExceeded, and the old pods stay", async () => {
  const objects = [deployment("web", "shop:1", { progressDeadlineSeconds: 20 }), service("web", { app: "web" })];
  await using sandbox = await virtualSandbox({ objects });
  await sandbox.clock.advance(5_000);
  await ask(sandbox, `strategic ${web}`, setImage("shop:never"));
  await sandbox.clock.advance(15_000);
  assert.equal(
    conditionsOf(sandbox.registry.store.get("Deployment", "shop", "web")).Progressing,
    "True ReplicaSetUpdated",
  );
  await sandbox.clock.advance(10_000);
  const conditions = conditionsOf(sandbox.registry.store.get("Deployment", "shop", "web"));
  assert.deepEqual(conditions.Progressing, "False ProgressDeadlineExceeded");
  assert.ok(endpoints(sandbox) >= 2);
});

test("going back makes the old ReplicaSet current under the next revision", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1")] });
  await sandbox.clock.advance(5_000);
  const [first] = sandbox.registry.store.list("ReplicaSet", "shop");
  await ask(sandbox, `strategic ${web}`, setImage("shop:2"));
  await sandbox.clock.advance(10_000);
  await ask(sandbox, `strategic ${web}`, setImage("shop:1"));
  await sandbox.clock.advance(10_000);
  const sets = sandbox.registry.store.list("ReplicaSet", "shop");
  const again = sets.find((set) => set.metadata.uid === first?.metadata.uid);
  assert.equal(sets.length, 2);
  assert.deepEqual(
    [again?.spec.replicas, again?.metadata.annotations?.["deployment.kubernetes.io/revision"]],
    [3, "3"],
  );
});

test("Recreate ends all old pods before it starts a new one", async () => {
  const objects = [deployment("web", "shop:1", { strategy: { type: "Recreate" } })];
  await using sandbox = await virtualSandbox({ objects });
  await sandbox.clock.advance(5_000);
  await ask(sandbox, `strategic ${web}`, setImage("shop:2"));
  for (let step = 0; step < 200; step += 1) {
    await sandbox.clock.advance(5);
    const versions = new Set(sandbox.registry.store.list("Pod", "shop").map((pod) => pod.spec.containers[0]?.image));
    assert.ok(versions.size <= 1);
  }
  await sandbox.clock.advance(5_000);
  assert.equal(sandbox.registry.store.get("Deployment", "shop", "web")?.status.readyReplicas, 3);
});

test("a pod that may not be created shows as ReplicaFailure on ReplicaSet and Deployment", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1")] });
  await sandbox.clock.advance(5_000);
  const patch = { spec: { template: { spec: { serviceAccountName: "missing" } } } };
  await ask(sandbox, `strategic ${web}`, patch);
  await sandbox.clock.advance(1_000);
  const live = sandbox.registry.store.get("Deployment", "shop", "web");
  const failure = live?.status.conditions?.find(({ type }) => type === "ReplicaFailure");
  assert.equal(failure?.reason, "FailedCreate");
  assert.match(failure?.message ?? "", /serviceaccount "missing" not found$/);
});

test("deletes what has lost its owner, with grace for pods, and orphans on request", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1"), deployment("kept", "shop:1")] });
  await sandbox.clock.advance(5_000);
  await ask(sandbox, `DELETE ${web}`);
  await ask(sandbox, "DELETE apps/v1 deployments/kept?propagationPolicy=Orphan");
  await sandbox.clock.advance(8);
  const ending = sandbox.registry.store
    .list("Pod", "shop")
    .filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
  assert.equal(ending.length, 3);
  await sandbox.clock.advance(5_000);
  assert.equal(sandbox.registry.store.list("Pod", "shop").length, 3);
  assert.deepEqual(
    sandbox.registry.store.list("ReplicaSet", "shop").map(({ metadata }) => metadata.ownerReferences),
    [undefined],
  );
});

test("a foreground deletion keeps the owner until its dependents are gone", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1")] });
  await sandbox.clock.advance(5_000);
  await ask(sandbox, `DELETE ${web}?propagationPolicy=Foreground`);
  await sandbox.clock.advance(5);
  assert.deepEqual(sandbox.registry.store.get("Deployment", "shop", "web")?.metadata.finalizers, [
    "foregroundDeletion",
  ]);
  await sandbox.clock.advance(5_000);
  assert.equal(sandbox.registry.store.get("Deployment", "shop", "web"), undefined);
  assert.deepEqual(sandbox.registry.store.list("Pod", "shop"), []);
});

test("the same seed gives the same names", async () => {
  const names = async (seed: number): Promise<string[]> => {
    await using sandbox = await virtualSandbox({ seed, objects: [deployment("web", "shop:1")] });
    await sandbox.clock.advance(5_000);
    return sandbox.registry.store.list("Pod", "shop").map(({ metadata }) => metadata.name);
  };
  assert.deepEqual(await names(7), await names(7));
  assert.notDeepEqual(await names(7), await names(8));
});
