import assert from "node:assert/strict";
import { test } from "node:test";
import { type JsonObject, objectAt, withValue } from "../json.ts";
import { ask, deployment, virtualSandbox } from "../test-shop.ts";

function pod(name: string, resources: JsonObject = {}): JsonObject {
  return { metadata: { name }, spec: { containers: [{ name: "a", image: "shop:1", resources }] } };
}

function inShop(kind: string, name: string, spec: JsonObject): JsonObject {
  return { apiVersion: "v1", kind, metadata: { name, namespace: "shop" }, spec };
}

test("a webhook refuses in the server's words, for clients and for controllers", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1", { replicas: 0 })] });
  sandbox.setAdmission([{ name: "images.example.com", kinds: ["Pod"], validate: () => "no such image" }]);
  const reply = await ask(sandbox, "POST v1 pods", pod("a"));
  const message = 'admission webhook "images.example.com" denied the request: no such image';
  assert.deepEqual([reply.status, reply.body.reason, reply.body.message], [403, "Forbidden", message]);
  await ask(sandbox, "merge apps/v1 deployments/web", { spec: { replicas: 1 } });
  await sandbox.clock.advance(1_000);
  const events = sandbox.registry.store.list("Event", "shop").map((event) => String(event.message));
  assert.ok(events.some((text) => text.includes(message)));
  sandbox.setAdmission([{ name: "x.example.com", operations: ["DELETE"], validate: () => ({ code: 422 }) }]);
  const kept = await ask(sandbox, "DELETE apps/v1 deployments/web");
  const unexplained = 'admission webhook "x.example.com" denied the request without explanation';
  assert.deepEqual([kept.status, kept.body.message], [422, unexplained]);
});

test("a webhook that does not answer is an internal error", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1")] });
  sandbox.setAdmission([{ name: "slow.example.com", kinds: ["ConfigMap"], fails: "timeout" }]);
  const { status, body } = await ask(sandbox, "POST v1 configmaps", { metadata: { name: "a" } });
  assert.deepEqual([status, body.reason], [500, "InternalError"]);
  const failed =
    /^Internal error occurred: failed calling webhook "slow\.example\.com": failed to call webhook: Post "https:/;
  assert.match(String(body.message), failed);
  assert.match(String(body.message), /context deadline exceeded$/);
});

test("a webhook changes an object before it is validated", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1")] });
  const replicas = ["spec", "replicas"];
  sandbox.setAdmission([
    { name: "less.example.com", kinds: ["Deployment"], mutate: ({ object }) => withValue(object, replicas, -1) },
  ]);
  const { status, body } = await ask(sandbox, "merge apps/v1 deployments/web", { metadata: { labels: { a: "b" } } });
  assert.deepEqual([status, /spec\.replicas: Invalid value: -1/.test(String(body.message))], [422, true]);
});

test("a quota refuses what it has no room for, and tells what is used", async () => {
  const hard = { pods: "2", "limits.cpu": "1", "requests.memory": "1Gi", configmaps: "1" };
  await using sandbox = await virtualSandbox({ objects: [inShop("ResourceQuota", "q", { hard })] });
  const refusals: [JsonObject, string][] = [
    [{}, "failed quota: q: must specify limits.cpu for: a; requests.memory for: a"],
    [
      { limits: { cpu: "2", memory: "10Mi" } },
      "exceeded quota: q, requested: limits.cpu=2, used: limits.cpu=0, limited: limits.cpu=1",
    ],
    [
      { limits: { cpu: "500m", memory: "2Gi" } },
      "exceeded quota: q, requested: requests.memory=2Gi, used: requests.memory=0, limited: requests.memory=1Gi",
    ],
  ];
  for (const [resources, why] of refusals) {
    const { status, body } = await ask(sandbox, "POST v1 pods", pod("a", resources));
    assert.deepEqual([status, body.message], [403, `pods "a" is forbidden: ${why}`]);
  }
  const limits = { cpu: "300m", memory: "512Mi" };
  assert.equal((await ask(sandbox, "POST v1 pods", pod("a", { limits }))).status, 201);
  assert.equal((await ask(sandbox, "POST v1 pods", pod("b", { limits }))).status, 201);
  await ask(sandbox, "POST v1 configmaps", { metadata: { name: "c1" } });
  const { body } = await ask(sandbox, "POST v1 configmaps", { metadata: { name: "c2" } });
  const why = "exceeded quota: q, requested: configmaps=1, used: configmaps=1, limited: configmaps=1";
  assert.equal(body.message, `configmaps "c2" is forbidden: ${why}`);
  await sandbox.clock.advance(1_000);
  const status = objectAt(sandbox.registry.store.get("ResourceQuota", "shop", "q"), "status");
  const used = { pods: "2", "limits.cpu": "600m", "requests.memory": "1Gi", configmaps: "1" };
  assert.deepEqual(status, { hard, used });
});

test("a LimitRange gives what is not said, and refuses what is too much or too little", async () => {
  const limits = [
    {
      type: "Container",
      max: { cpu: "1" },
      min: { memory: "10Mi" },
      default: { cpu: "500m" },
      defaultRequest: { cpu: "100m" },
    },
    { type: "Pod", max: { cpu: "2" } },
  ];
  await using sandbox = await virtualSandbox({ objects: [inShop("LimitRange", "lr", { limits })] });
  const { body } = await ask(sandbox, "POST v1 pods", pod("a", { requests: { memory: "20Mi" } }));
  const [container] = objectAt(body, "spec").containers as JsonObject[];
  assert.deepEqual(container?.resources, { limits: { cpu: "500m" }, requests: { cpu: "100m", memory: "20Mi" } });
  assert.equal(
    objectAt(body, "metadata", "annotations")["kubernetes.io/limit-ranger"],
    "LimitRanger plugin set: cpu request for container a; cpu limit for container a",
  );
  const refused = await ask(sandbox, "POST v1 pods", pod("b", { limits: { cpu: "3", memory: "1Mi" } }));
  assert.equal(
    refused.body.message,
    'pods "b" is forbidden: [minimum memory usage per Container is 10Mi, but request is 1Mi, maximum cpu usage per Container is 1, but limit is 3, maximum cpu usage per Pod is 2, but limit is 3]',
  );
});

test("nothing new comes into a namespace that is going", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1")] });
  await fetch(`${sandbox.plainUrl}/api/v1/namespaces/shop`, { method: "DELETE" });
  const { status, body } = await ask(sandbox, "POST v1 configmaps", { metadata: { name: "late" } });
  assert.equal(status, 403);
  assert.deepEqual(objectAt(body, "details").causes, [
    {
      reason: "NamespaceTerminating",
      message: "namespace shop is being terminated",
      field: "metadata.namespace",
    },
  ]);
});
