import assert from "node:assert/strict";
import { test } from "node:test";
import type { Sandbox } from "./sandbox.ts";
import { deployment, service, virtualSandbox } from "./test-shop.ts";

/** What is there, but for versions. */
const shown = ({ registry: { store } }: Sandbox) =>
  (["Deployment", "ReplicaSet", "Pod", "EndpointSlice"] as const).flatMap((kind) =>
    store.list(kind, "shop").map(({ metadata }) => `${kind} ${metadata.name} ${metadata.uid}`),
  );
const ready = ({ registry: { store } }: Sandbox) => store.get("Deployment", "shop", "web")?.status.readyReplicas;

test("what was frozen goes on in another cluster: the same objects, whose pods are ready once they have started", async () => {
  await using before = await virtualSandbox({
    objects: [deployment("web", "shop:1"), service("web", { app: "web" })],
    listen: false,
  });
  await before.clock.advance(3_000);
  await using after = await virtualSandbox({ frozen: before.freeze(), seed: 2, listen: false });
  await after.clock.advance(3_000);
  assert.deepEqual(shown(after), shown(before));
  assert.equal(ready(after), 3);
  assert.equal(typeof after.traffic.visit({ namespace: "shop", name: "web" }), "object");
});
