import assert from "node:assert/strict";
import { test } from "node:test";
import type { Sandbox } from "../sandbox.ts";
import { ask, deployment, service, virtualSandbox } from "../test-shop.ts";

const web = { namespace: "shop", name: "web" };

async function shopOf(image: string, environment: Readonly<Record<string, string>> = {}) {
  const env = Object.entries(environment).map(([name, value]) => ({ name, value }));
  const container = {
    name: "app",
    image,
    env,
    ports: [{ name: "http", containerPort: 8080 }],
    readinessProbe: { httpGet: { path: "/ready", port: "http" }, periodSeconds: 1 },
  };
  const template = { metadata: { labels: { app: "web" } }, spec: { containers: [container] } };
  const objects = [deployment("web", image, { template }), service("web", { app: "web" })];
  const sandbox = await virtualSandbox({ objects });
  await sandbox.clock.advance(4_000);
  return sandbox;
}

function statuses(sandbox: Sandbox, count: number, path?: string): (number | string)[] {
  return Array.from({ length: count }, () => {
    const visit = sandbox.traffic.visit(web, path);
    return typeof visit === "string" ? visit : visit.status;
  });
}

test("visits take the endpoints in turn and say version, pod and time", async () => {
  await using sandbox = await shopOf("shop:1", { LATENCY: "40ms" });
  const visits = [1, 2, 3, 4].map(() => sandbox.traffic.visit(web));
  const pods = visits.map((visit) => (typeof visit === "string" ? visit : visit.pod));
  assert.deepEqual([new Set(pods).size, pods[3]], [3, pods[0]]);
  const [first] = visits;
  assert.ok(typeof first === "object");
  assert.deepEqual([first.headers["X-Version"], first.latencyMs], ["1", 40]);
  assert.deepEqual(statuses(sandbox, 2, "/nothing"), [404, 404]);
});

test("serves the share of errors that its environment asks for, once their time has come", async () => {
  await using sandbox = await shopOf("shop:1", { SERVE_ERRORS: "0.5", SERVE_ERRORS_AFTER: "10s" });
  assert.deepEqual(new Set(statuses(sandbox, 12)), new Set([200]));
  await sandbox.clock.advance(10_000);
  const later = statuses(sandbox, 12);
  assert.deepEqual([later.filter((status) => status === 500).length, later.length], [6, 12]);
});

test("its metrics can be scraped, with the fixture's names", async () => {
  await using sandbox = await shopOf("shop:1", { SERVE_ERRORS: "1", LATENCY: "30ms" });
  statuses(sandbox, 6);
  const page = sandbox.traffic.visit(web, "/metrics");
  assert.ok(typeof page === "object");
  assert.match(page.body, /^http_requests_total\{code="500",version="1"\} 2$/m);
  assert.match(page.body, /^http_request_duration_seconds_bucket\{le="0.025"\} 0$/m);
  assert.match(page.body, /^http_request_duration_seconds_bucket\{le="0.05"\} 2$/m);
  assert.match(page.body, /^http_request_duration_seconds_count 2$/m);
});

test("a kept connection stays with its pod until that says that it closes", async () => {
  await using sandbox = await shopOf("shop:1", { SHUTDOWN_DELAY: "2s", GRACE: "20s" });
  const kept = sandbox.traffic.connect(web);
  assert.ok(kept);
  const { pod } = kept;
  await ask(sandbox, "merge apps/v1 deployments/web/scale", { spec: { replicas: 0 } });
  await sandbox.clock.advance(10_000);
  assert.equal(sandbox.registry.store.list("Pod", "shop").length, 1);
  assert.equal(sandbox.traffic.visit(web), "refused");
  const last = kept.request();
  assert.ok(typeof last === "object");
  assert.deepEqual([last.pod, last.status, kept.isOpen, kept.request()], [pod, 200, false, "reset"]);
  await sandbox.clock.advance(1_000);
  assert.deepEqual(sandbox.registry.store.list("Pod", "shop"), []);
});

test("what outlives its grace is cut off", async () => {
  await using sandbox = await shopOf("shop:1", { GRACE: "60s" });
  const kept = sandbox.traffic.connect(web);
  await ask(sandbox, "merge apps/v1 deployments/web/scale", { spec: { replicas: 0 } });
  await sandbox.clock.advance(29_000);
  assert.equal(kept?.isOpen, true);
  await sandbox.clock.advance(2_000);
  assert.equal(kept.request(), "reset");
});
