import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, deployment, virtualSandbox } from "../test-shop.ts";

const web = "apps/v1 deployments/web";
const scale = { spec: { replicas: 7 } };

test("fails the next matching request once, before it happens", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1")] });
  sandbox.failNext({ verb: "patch", path: "/deployments/web", status: 429, retryAfter: "3" });
  assert.equal((await ask(sandbox, `GET ${web}`)).status, 200);
  const failed = await ask(sandbox, `merge ${web}`, scale);
  assert.deepEqual([failed.status, failed.body.reason], [429, "TooManyRequests"]);
  assert.equal(sandbox.registry.store.get("Deployment", "shop", "web")?.spec.replicas, 3);
  assert.equal((await ask(sandbox, `merge ${web}`, scale)).status, 200);
});

test("can carry the write out and lose the answer", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1")] });
  sandbox.failNext({ verb: "patch", path: /deployments\/web$/, reset: true, afterCommit: true });
  await assert.rejects(ask(sandbox, `merge ${web}`, scale));
  assert.equal(sandbox.registry.store.get("Deployment", "shop", "web")?.spec.replicas, 7);
  assert.equal(sandbox.requests.at(-1)?.status, 0);
});

test("can cut a request off before it happens, as often as asked", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1")] });
  sandbox.failNext({ reset: true, times: 2 });
  await assert.rejects(ask(sandbox, `merge ${web}`, scale));
  await assert.rejects(ask(sandbox, `merge ${web}`, scale));
  assert.equal(sandbox.registry.store.get("Deployment", "shop", "web")?.spec.replicas, 3);
  assert.equal((await ask(sandbox, `GET ${web}`)).status, 200);
});

test("a delayed write lands later, on the sandbox's clock", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1")] });
  sandbox.failNext({ verb: "patch", delayMs: 30_000 });
  const late = ask(sandbox, `merge ${web}`, scale);
  while (sandbox.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(sandbox.registry.store.get("Deployment", "shop", "web")?.spec.replicas, 3);
  await sandbox.clock.advance(30_000);
  assert.equal((await late).status, 200);
  assert.equal(sandbox.registry.store.get("Deployment", "shop", "web")?.spec.replicas, 7);
});
