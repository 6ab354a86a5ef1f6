import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Client, createClient } from "@cutover/kubernetes";
import { CutoverError } from "@cutover/release";
import { cut, type Sandbox, startSandbox } from "@cutover/sandbox";

const labels = { app: "web" };
const container = {
  name: "app",
  image: "shop:1",
  ports: [{ containerPort: 8080 }],
  readinessProbe: { httpGet: { path: "/ready", port: 8080 }, periodSeconds: 1 },
};
const web = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop" },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [container] } },
  },
};
const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop" },
  spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
};
const deployment = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "web" };
const pods = { apiVersion: "v1", kind: "Pod", namespace: "shop" };

let sandbox: Sandbox;
let client: Client;

before(async () => {
  const images = { "shop:1": { version: "1" }, "shop:2": { version: "2" } };
  sandbox = await startSandbox({ images, probeEveryMs: 10, objects: [web, service], namespace: "shop" });
  client = await createClient({
    kubeconfig: sandbox.kubeconfig,
    env: {},
    clock: sandbox.clock,
    processes: { run: () => Promise.reject(new Error("no process is needed")) },
  });
});
after(async () => {
  await client.close();
  await sandbox.close();
});

async function readyPod(): Promise<string> {
  const { resourceVersion } = await client.list(pods);
  const isReady = (pod: { metadata: { name: string }; status?: unknown }): boolean =>
    JSON.stringify(pod.status).includes('"ready":true');
  const now = (await client.list(pods)).items.find(isReady);
  if (now !== undefined) return now.metadata.name;
  for await (const event of client.watch(pods, resourceVersion)) {
    if (event.type !== "BOOKMARK" && isReady(event.object)) return event.object.metadata.name;
  }
  throw new Error("the watch ended");
}

test("the project's client reads, watches and lists over TLS with the sandbox's kubeconfig", async () => {
  assert.equal(client.namespace, "shop");
  const name = await readyPod();
  const found = await client.get({ ...pods, name });
  assert.equal(found.kind, "Pod");
  assert.equal(await client.find({ ...pods, name: "nope" }), undefined);
});

test("a stale write is a conflict, and an unknown field is rejected", async () => {
  const stale = { metadata: { resourceVersion: "1" }, spec: { replicas: 1 } };
  await assert.rejects(client.patch(deployment, { type: "merge", body: stale }), hasCode("conflict"));
  const unknown = { spec: { replicass: 1 } };
  await assert.rejects(client.patch(deployment, { type: "strategic", body: unknown }), hasCode("rejected"));
});

test("an apply conflict names manager and field", async () => {
  const body = { ...web, spec: { ...web.spec, replicas: 5 } };
  await assert.rejects(
    client.patch(deployment, { type: "apply", body }),
    (error) =>
      hasCode("conflict")(error) && error instanceof Error && /spec\.replicas/.test(`${error.message} ${error.cause}`),
  );
  const forced = await client.patch(deployment, { type: "apply", body, force: true }, { dryRun: true });
  assert.equal(JSON.stringify(forced.spec).includes('"replicas":5'), true);
});

test("logs, proxies and forwards to a pod", async () => {
  const name = await readyPod();
  assert.match(await client.podLog({ namespace: "shop", name }, { container: "app", tailLines: 5 }), /version 1/);
  const proxied = await client.proxyGet({ kind: "pods", namespace: "shop", name, port: 8080, path: "/" });
  assert.deepEqual([proxied.status, JSON.parse(proxied.body)], [200, { version: "1", pod: name }]);
  await using tunnel = await client.portForward([{ namespace: "shop", name }], 8080);
  for (const path of ["/", "/version"]) {
    const response = await fetch(`http://127.0.0.1:${tunnel.port}${path}`, { headers: { connection: "close" } });
    assert.deepEqual(await response.json(), { version: "1", pod: name });
  }
});

test("a lost answer of a write is unknown, and the write has happened", async () => {
  sandbox.fault({ when: { verb: "patch" }, what: cut("after-commit") });
  const write = client.patch(deployment, { type: "merge", body: { metadata: { labels: { lost: "yes" } } } });
  await assert.rejects(write, hasCode("unavailable"));
  assert.equal((await client.get(deployment)).metadata.labels?.lost, "yes");
});

test("what the rules deny is forbidden, and known before", async () => {
  sandbox.setRules([
    { verbs: ["get"], apiGroups: ["apps"], resources: ["deployments"] },
    { verbs: ["create"], apiGroups: ["authorization.k8s.io"], resources: ["*"] },
  ]);
  const question = { group: "apps", resource: "deployments", namespace: "shop" };
  const denied = await client.denied([
    { ...question, verb: "get" },
    { ...question, verb: "patch" },
  ]);
  assert.deepEqual(
    denied.map(({ verb }) => verb),
    ["patch"],
  );
  await assert.rejects(client.delete(deployment), hasCode("forbidden"));
  sandbox.setRules([{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }]);
});

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof CutoverError && error.code === code;
}
