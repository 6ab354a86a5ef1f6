import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../json.ts";
import { ask } from "../test-shop.ts";
import { eventsOf, one, podOf, quick } from "./one-pod.test-kit.ts";

const waiting: readonly [string, JsonObject, { reason: string; message: string; event: string }][] = [
  [
    "a missing ConfigMap",
    { env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "gone", key: "k" } } }] },
    {
      reason: "CreateContainerConfigError",
      message: 'configmap "gone" not found',
      event: 'Failed: Error: configmap "gone" not found',
    },
  ],
  [
    "a missing Secret",
    { envFrom: [{ secretRef: { name: "gone" } }] },
    {
      reason: "CreateContainerConfigError",
      message: 'secret "gone" not found',
      event: 'Failed: Error: secret "gone" not found',
    },
  ],
  [
    "a name that is no image",
    { image: "Shop:1" },
    {
      reason: "InvalidImageName",
      message:
        'Failed to apply default image tag "Shop:1": couldn\'t parse image name "Shop:1": invalid reference format: repository name (library/Shop) must be lowercase',
      event: "Failed: Error: InvalidImageName",
    },
  ],
  [
    "an image that may not be pulled",
    { image: "shop:never", imagePullPolicy: "Never" },
    {
      reason: "ErrImageNeverPull",
      message: 'Container image "shop:never" is not present with pull policy of Never',
      event: "Failed: Error: ErrImageNeverPull",
    },
  ],
  [
    "a registry that refuses",
    { image: "shop:secret" },
    {
      reason: "ImagePullBackOff",
      message:
        'Back-off pulling image "shop:secret": ErrImagePull: failed to pull and unpack image "docker.io/library/shop:secret": failed to resolve reference "docker.io/library/shop:secret": pull access denied',
      event: "Failed: Error: ErrImagePull",
    },
  ],
];

for (const [what, container, { reason, message, event }] of waiting) {
  test(`${what} keeps a container waiting: ${reason}`, async () => {
    await using sandbox = await one(container);
    assert.deepEqual(podOf(sandbox).status.containerStatuses?.[0]?.state, { waiting: { reason, message } });
    assert.equal(podOf(sandbox).status.phase, "Pending");
    assert.ok(eventsOf(sandbox).includes(event), eventsOf(sandbox).join("\n"));
  });
}

test("a ConfigMap that appears lets the container start with its value", async () => {
  const env = [{ name: "NEVER_READY", valueFrom: { configMapKeyRef: { name: "late", key: "never" } } }];
  await using sandbox = await one({ env, readinessProbe: { httpGet: { path: "/ready", port: 8080 }, ...quick } });
  const late = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "late" }, data: { never: "true" } };
  await ask(sandbox, "POST v1 configmaps", late);
  await sandbox.clock.advance(12_000);
  const [status] = podOf(sandbox).status.containerStatuses ?? [];
  assert.deepEqual([status?.started, status?.ready], [true, false]);
});

test("a volume without its Secret is not mounted, and nothing starts", async () => {
  const volumes = [{ name: "v", secret: { secretName: "gone" } }];
  await using sandbox = await one({}, { volumes });
  const { status } = podOf(sandbox);
  assert.deepEqual(status.containerStatuses?.[0]?.state, { waiting: { reason: "ContainerCreating" } });
  assert.deepEqual(
    [status.podIP, status.conditions?.[0]?.type, status.conditions?.[0]?.status],
    [undefined, "PodReadyToStartContainers", "False"],
  );
  assert.ok(
    eventsOf(sandbox).includes('FailedMount: MountVolume.SetUp failed for volume "v" : secret "gone" not found'),
  );
});

test("a program that is not in the image cannot be started", async () => {
  await using sandbox = await one({ command: ["/nothere"] });
  const [status] = podOf(sandbox).status.containerStatuses ?? [];
  const terminated = status?.lastState.terminated;
  assert.deepEqual([terminated?.exitCode, terminated?.reason], [128, "StartError"]);
  assert.match(
    terminated?.message ?? "",
    /unable to start container process: exec: "\/nothere": stat \/nothere: no such file/,
  );
});

test("a container that needs more memory than it may have is killed: OOMKilled", async () => {
  await using sandbox = await one({ image: "shop:hungry", resources: { limits: { memory: "32Mi" } } });
  const [status] = podOf(sandbox).status.containerStatuses ?? [];
  const { exitCode, reason } = status?.lastState.terminated ?? {};
  assert.deepEqual([exitCode, reason, status?.state.waiting?.reason], [137, "OOMKilled", "CrashLoopBackOff"]);
});

const probes: readonly [string, JsonObject, string][] = [
  ["httpGet", { httpGet: { path: "/nothere", port: 8080 } }, "HTTP probe failed with statuscode: 404"],
  ["tcpSocket", { tcpSocket: { port: 9999 } }, "dial tcp 10.244.0.2:9999: connect: connection refused"],
  ["exec", { exec: { command: ["/app", "check"] } }, "no\n"],
  [
    "grpc",
    { grpc: { port: 9999 } },
    'timeout: failed to connect service "10.244.0.2:9999" within 1s: context deadline exceeded',
  ],
];

for (const [what, probe, output] of probes) {
  test(`a failing liveness probe by ${what} restarts the container`, async () => {
    const ports = [{ containerPort: 8080 }];
    await using sandbox = await one({ ports, livenessProbe: { ...probe, ...quick } });
    const events = eventsOf(sandbox);
    assert.ok(events.includes(`Unhealthy: Liveness probe failed: ${output}`), events.join("\n"));
    assert.ok(events.includes("Killing: Container app failed liveness probe, will be restarted"));
    assert.equal(podOf(sandbox).status.containerStatuses?.[0]?.restartCount, 1);
  });
}

test("an exec probe whose program is missing says so, and restarts nothing", async () => {
  await using sandbox = await one({ livenessProbe: { exec: { command: ["/nothere"] }, ...quick } });
  assert.match(eventsOf(sandbox).join("\n"), /Liveness probe errored and resulted in unknown state: rpc error:/);
  assert.equal(podOf(sandbox).status.containerStatuses?.[0]?.restartCount, 0);
});

test("a startup probe holds back readiness and liveness until it is good", async () => {
  const probe = { httpGet: { path: "/ready", port: 8080 }, ...quick };
  const env = [{ name: "SLOW_START", value: "8s" }];
  await using sandbox = await one({ env, startupProbe: { ...probe, failureThreshold: 20 }, livenessProbe: probe });
  assert.equal(podOf(sandbox).status.containerStatuses?.[0]?.started, false);
  await sandbox.clock.advance(5_000);
  const [status] = podOf(sandbox).status.containerStatuses ?? [];
  assert.deepEqual([status?.started, status?.ready, status?.restartCount], [true, true, 0]);
});

test("init containers end one after the other, a sidecar goes on, and then the others start", async () => {
  const initContainers = [
    { name: "prep", image: "job:1" },
    {
      name: "side",
      image: "shop:1",
      restartPolicy: "Always",
      startupProbe: { httpGet: { path: "/", port: 80 }, ...quick },
    },
  ];
  await using sandbox = await one({}, { initContainers });
  const { status } = podOf(sandbox);
  const [prep, side] = status.initContainerStatuses ?? [];
  assert.deepEqual(
    [prep?.state.terminated?.reason, prep?.ready, side?.started, side?.ready],
    ["Completed", true, true, true],
  );
  assert.deepEqual([status.phase, status.containerStatuses?.[0]?.ready], ["Running", true]);
  assert.ok(Date.parse(String(status.containerStatuses?.[0]?.state.running?.startedAt)) > 0);
});

test("an init container that fails keeps the pod pending, and says which", async () => {
  const initContainers = [{ name: "prep", image: "shop:1", env: [{ name: "CRASH_AFTER", value: "10ms" }] }];
  await using sandbox = await one({}, { initContainers });
  const { status } = podOf(sandbox);
  const initialized = status.conditions?.find(({ type }) => type === "Initialized");
  assert.deepEqual(
    [status.phase, initialized?.message, status.containerStatuses?.[0]?.state.waiting?.reason],
    ["Pending", "containers with incomplete status: [prep]", "PodInitializing"],
  );
});

test("a pod whose work is done has succeeded", async () => {
  await using sandbox = await one({ image: "job:1" }, { restartPolicy: "Never" });
  const { status } = podOf(sandbox);
  const ready = status.conditions?.find(({ type }) => type === "Ready");
  assert.deepEqual([status.phase, ready?.status, ready?.reason], ["Succeeded", "False", "PodCompleted"]);
});

test("who does not stop in time is killed, after its preStop hook", async () => {
  const env = [{ name: "SHUTDOWN_DELAY", value: "60s" }];
  const lifecycle = { preStop: { sleep: { seconds: 3 } } };
  await using sandbox = await one({ env, lifecycle }, { terminationGracePeriodSeconds: 5 });
  await ask(sandbox, "DELETE v1 pods/one");
  await sandbox.clock.advance(4_900);
  assert.equal(podOf(sandbox).status.phase, "Running");
  await sandbox.clock.advance(200);
  assert.equal(sandbox.registry.store.get("Pod", "shop", "one"), undefined);
});
