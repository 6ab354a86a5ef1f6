import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, get } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import type { Sandbox } from "../sandbox.ts";
import { startSandbox } from "../sandbox.ts";
import { ask, deployment, images, service, virtualSandbox } from "../test-shop.ts";
import { readyEndpoints, slicesOfService } from "./endpoints.ts";

interface Answer {
  readonly status: number;
  readonly version: string;
  readonly pod: string;
}

function call(url: string, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, async (response) => {
      const chunks = await response.toArray();
      resolve({ status: response.statusCode ?? 0, ...JSON.parse(Buffer.concat(chunks).toString()) });
    }).on("error", reject);
  });
}

async function shop(image: string): ReturnType<typeof virtualSandbox> {
  const sandbox = await virtualSandbox({ objects: [deployment("web", image), service("web", { app: "web" })] });
  await sandbox.clock.advance(6_000);
  return sandbox;
}

test("spreads new connections over the ready endpoints", async () => {
  await using sandbox = await shop("shop:1");
  const { url } = await sandbox.openService("shop", "web");
  const answers = await Promise.all([1, 2, 3].map(() => call(url, new Agent())));
  assert.deepEqual(
    answers.map(({ status, version }) => `${status} ${version}`),
    ["200 1", "200 1", "200 1"],
  );
  assert.equal(new Set(answers.map(({ pod }) => pod)).size, 3);
});

test("a kept-alive connection stays with its pod after the Service has moved, and ends with it", async () => {
  await using sandbox = await virtualSandbox({
    objects: [deployment("blue", "shop:1"), deployment("green", "shop:2"), service("web", { app: "blue" })],
  });
  await sandbox.clock.advance(6_000);
  const { url } = await sandbox.openService("shop", "web");
  const kept = new Agent({ keepAlive: true, maxSockets: 1 });
  const before = await call(url, kept);
  await ask(sandbox, "merge v1 services/web", { spec: { selector: { app: "green" } } });
  await sandbox.clock.advance(100);
  assert.deepEqual(await call(url, kept), before);
  assert.equal((await call(url, new Agent())).version, "2");
  await ask(sandbox, "merge apps/v1 deployments/blue/scale", { spec: { replicas: 0 } });
  await sandbox.clock.advance(1_000);
  assert.equal((await call(url, kept).catch(() => call(url, kept))).version, "2");
  kept.destroy();
});

test("a connection that a pod accepted before its end is answered, and closed", async () => {
  await using sandbox = await shop("shop:1");
  const { url } = await sandbox.openService("shop", "web");
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  await once(socket, "connect");
  await turn();
  await ask(sandbox, "merge apps/v1 deployments/web/scale", { spec: { replicas: 0 } });
  await sandbox.clock.advance(1_000);
  assert.deepEqual(sandbox.registry.store.list("Pod", "shop"), []);
  socket.write("GET / HTTP/1.1\r\nHost: shop\r\n\r\n");
  const text = Buffer.concat(await socket.toArray()).toString();
  assert.match(text, /^HTTP\/1\.1 200 OK\r\n(?:.*\r\n)*Connection: close\r\n/);
});

test("resets a connection when there is no endpoint", async () => {
  await using sandbox = await shop("shop:never");
  const { url } = await sandbox.openService("shop", "web");
  await assert.rejects(call(url, new Agent()), { code: "ECONNRESET" });
});

test("pods that fade turn unready together after their first request", async () => {
  await using sandbox = await shop("shop:fades");
  const { url } = await sandbox.openService("shop", "web");
  await Promise.all([1, 2, 3].map(() => call(url, new Agent())));
  await sandbox.clock.advance(1_000);
  assert.equal((await call(url, new Agent())).status, 200);
  await sandbox.clock.advance(5_000);
  await assert.rejects(call(url, new Agent()), { code: "ECONNRESET" });
});

test("loses nothing while it rolls over in real time", { timeout: 20_000 }, async () => {
  const strategy = { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
  await using sandbox = await startSandbox({
    images,
    probeEveryMs: 10,
    objects: [deployment("web", "shop:1", { strategy }), service("web", { app: "web" })],
  });
  await ready(sandbox, "1");
  const { url } = await sandbox.openService("shop", "web");
  const load = { lost: 0, versions: new Set<string>() };
  const over = new AbortController();
  const requests = (async () => {
    while (!over.signal.aborted) {
      await call(url, new Agent()).then(
        ({ version }) => load.versions.add(version),
        () => {
          load.lost += 1;
        },
      );
    }
  })();
  const patch = { spec: { template: { spec: { containers: [{ name: "app", image: "shop:2" }] } } } };
  await ask(sandbox, "strategic apps/v1 deployments/web", patch);
  await ready(sandbox, "2");
  over.abort();
  await requests;
  assert.deepEqual([load.lost, [...load.versions]], [0, ["1", "2"]]);
});

/** Resolves when exactly three pods exist, all of a version and in the Service's slices as ready. */
function ready(sandbox: Sandbox, version: string): Promise<void> {
  const { store } = sandbox.registry;
  return new Promise((resolve) => {
    const end = store.subscribe(() => {
      const pods = store.list("Pod", "shop");
      const isNew = pods.every(({ spec }) => spec.containers[0]?.image === `shop:${version}`);
      if (pods.length !== 3 || !isNew || readyEndpoints(slicesOfService(store, "shop", "web")).length !== 3) return;
      end();
      resolve();
    });
  });
}
