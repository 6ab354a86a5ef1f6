import assert from "node:assert/strict";
import { test } from "node:test";
import type { Sandbox } from "../sandbox.ts";
import { ask, deployment, virtualSandbox } from "../test-shop.ts";

async function oneOf(image: string): ReturnType<typeof virtualSandbox> {
  return virtualSandbox({ objects: [deployment("web", image, { replicas: 1 })] });
}

function statusOf(sandbox: Sandbox) {
  const [pod] = sandbox.registry.store.list("Pod", "shop");
  const [container] = pod?.status.containerStatuses ?? [];
  assert.ok(pod && container);
  return { pod, container };
}

function eventsOf(sandbox: Sandbox): string[] {
  return sandbox.registry.store
    .list("Event", "shop")
    .map(({ type, reason, message }) => [type, reason, message].join(" | "));
}

test("an image that nobody has ends in ErrImagePull and ImagePullBackOff, in the kubelet's words", async () => {
  await using sandbox = await oneOf("registry.example/shop:gone");
  await sandbox.clock.advance(100);
  const cause =
    'rpc error: code = NotFound desc = failed to pull and unpack image "registry.example/shop:gone": failed to resolve reference "registry.example/shop:gone": registry.example/shop:gone: not found';
  assert.deepEqual(statusOf(sandbox).container.state.waiting, { reason: "ErrImagePull", message: cause });
  await sandbox.clock.advance(2_000);
  assert.deepEqual(statusOf(sandbox).container.state.waiting, {
    reason: "ImagePullBackOff",
    message: `Back-off pulling image "registry.example/shop:gone": ErrImagePull: ${cause}`,
  });
  const events = eventsOf(sandbox);
  assert.ok(events.includes(`Warning | Failed | Failed to pull image "registry.example/shop:gone": ${cause}`));
  assert.ok(events.includes("Warning | Failed | Error: ImagePullBackOff"));
});

test("a pod that is not ready says so in conditions and Unhealthy events", async () => {
  await using sandbox = await oneOf("shop:never");
  await sandbox.clock.advance(5_000);
  const ready = statusOf(sandbox).pod.status.conditions?.find(({ type }) => type === "Ready");
  assert.deepEqual(
    [ready?.status, ready?.reason, ready?.message],
    ["False", "ContainersNotReady", "containers with unready status: [app]"],
  );
  assert.equal(statusOf(sandbox).pod.status.phase, "Running");
  const unhealthy = sandbox.registry.store.list("Event", "shop").find(({ reason }) => reason === "Unhealthy");
  assert.equal(unhealthy?.message, "Readiness probe failed: HTTP probe failed with statuscode: 503");
  assert.equal(unhealthy?.count, 5);
});

test("becomes ready at the first good probe after its start", async () => {
  await using sandbox = await oneOf("shop:slow");
  await sandbox.clock.advance(2_900);
  assert.equal(statusOf(sandbox).container.ready, false);
  await sandbox.clock.advance(1_200);
  assert.equal(statusOf(sandbox).container.ready, true);
});

test("a crashing container is restarted, then backed off, with its last state and both logs", async () => {
  await using sandbox = await oneOf("shop:crash");
  await sandbox.clock.advance(3_000);
  const { pod, container } = statusOf(sandbox);
  assert.equal(container.restartCount, 1);
  assert.equal(container.state.waiting?.reason, "CrashLoopBackOff");
  const title = `${pod.metadata.name}_shop(${pod.metadata.uid})`;
  assert.equal(container.state.waiting?.message, `back-off 10s restarting failed container=app pod=${title}`);
  assert.deepEqual([container.lastState.terminated?.reason, container.lastState.terminated?.exitCode], ["Error", 1]);
  await sandbox.clock.advance(12_000);
  assert.equal(statusOf(sandbox).container.restartCount, 2);
  assert.ok(eventsOf(sandbox).includes(`Warning | BackOff | Back-off restarting failed container app in pod ${title}`));
  const log = await ask(sandbox, `GET v1 pods/${pod.metadata.name}/log?previous=true&tailLines=1`);
  assert.equal(log.body.text, "exiting with code 1\n");
});

test("a pod without a fitting node stays pending and says why", async () => {
  const objects = [deployment("web", "shop:1", { replicas: 0 })];
  await using sandbox = await virtualSandbox({ objects });
  const patch = { spec: { replicas: 1, template: { spec: { nodeSelector: { disk: "ssd" } } } } };
  await ask(sandbox, "merge apps/v1 deployments/web", patch);
  await sandbox.clock.advance(1_000);
  const [pod] = sandbox.registry.store.list("Pod", "shop");
  const [condition] = pod?.status.conditions ?? [];
  assert.deepEqual([pod?.status.phase, condition?.reason], ["Pending", "Unschedulable"]);
  assert.match(condition?.message ?? "", /^0\/1 nodes are available: /);
});

test("a deleted pod is ending first, and then gone", async () => {
  await using sandbox = await oneOf("shop:1");
  await sandbox.clock.advance(5_000);
  const { name } = statusOf(sandbox).pod.metadata;
  const deleted = await ask(sandbox, `DELETE v1 pods/${name}`);
  assert.equal(deleted.body.kind, "Pod");
  assert.ok(sandbox.registry.store.get("Pod", "shop", name)?.metadata.deletionTimestamp);
  await sandbox.clock.advance(1_000);
  assert.equal(sandbox.registry.store.get("Pod", "shop", name), undefined);
});
