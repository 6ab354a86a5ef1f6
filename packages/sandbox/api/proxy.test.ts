import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, deployment, service, virtualSandbox } from "../test-shop.ts";

test("proxies to pods and Services, with the application's own status", async () => {
  await using sandbox = await virtualSandbox({
    objects: [deployment("web", "shop:1"), deployment("bad", "shop:never"), service("web", { app: "web" })],
  });
  await sandbox.clock.advance(5_000);
  const [bad, , , web] = sandbox.registry.store.list("Pod", "shop").map(({ metadata }) => metadata.name);
  const good = await ask(sandbox, `GET v1 pods/${web}:8080/proxy/version`);
  assert.deepEqual([good.status, good.body], [200, { version: "1", pod: web }]);
  const unready = await ask(sandbox, `GET v1 pods/${bad}:8080/proxy/ready`);
  assert.deepEqual([unready.status, unready.body.status], [503, "DOWN"]);
  const closed = await ask(sandbox, `GET v1 pods/${web}:9999/proxy/`);
  assert.match(
    String(closed.body.message),
    /^error trying to reach service: dial tcp 10\.244\..*:9999: connect: connection refused$/,
  );
  const through = await ask(sandbox, "GET v1 services/web:80/proxy/");
  assert.deepEqual([through.status, through.body.version], [200, "1"]);
});

test("says that a Service has no endpoints", async () => {
  await using sandbox = await virtualSandbox({ objects: [service("web", { app: "nobody" })] });
  await sandbox.clock.advance(100);
  const reply = await ask(sandbox, "GET v1 services/web:80/proxy/");
  assert.deepEqual([reply.status, reply.body.message], [503, 'no endpoints available for service "web"']);
});

test("does not count proxied requests as traffic", async () => {
  await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:fades", { replicas: 1 })] });
  await sandbox.clock.advance(5_000);
  const [pod] = sandbox.registry.store.list("Pod", "shop");
  await ask(sandbox, `GET v1 pods/${pod?.metadata.name}:8080/proxy/`);
  await sandbox.clock.advance(5_000);
  assert.equal((await ask(sandbox, `GET v1 pods/${pod?.metadata.name}:8080/proxy/`)).status, 200);
});
