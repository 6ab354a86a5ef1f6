import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../json.ts";
import { ask } from "../test-shop.ts";
import { eventsOf, one, podOf } from "./one-pod.test-kit.ts";

const node = {
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "small", labels: { disk: "hdd" } },
  spec: { taints: [{ key: "team", value: "a", effect: "NoSchedule" }] },
  status: { allocatable: { cpu: "2", memory: "1Gi", pods: "10" } },
};
const tolerations = [{ key: "team", operator: "Exists" }];
const unhelpful = "preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.";
const misfits: readonly [JsonObject, JsonObject, string][] = [
  [
    { resources: { requests: { cpu: "3", memory: "2Gi" } } },
    { tolerations },
    "1 Insufficient cpu, 1 Insufficient memory",
  ],
  [{}, { tolerations, nodeSelector: { disk: "ssd" } }, "1 node(s) didn't match Pod's node affinity/selector"],
  [{}, {}, "1 node(s) had untolerated taint(s)"],
];

for (const [container, spec, reasons] of misfits) {
  test(`a pod that no node takes says why: ${reasons}`, async () => {
    await using sandbox = await one(container, spec, { objects: [node] });
    const [condition] = podOf(sandbox).status.conditions ?? [];
    const message = `0/1 nodes are available: ${reasons}. no new claims to deallocate, ${unhelpful}`;
    assert.deepEqual([condition?.status, condition?.reason, condition?.message], ["False", "Unschedulable", message]);
    assert.ok(eventsOf(sandbox).includes(`FailedScheduling: ${message}`));
  });
}

test("a pod takes the place of one that went", async () => {
  await using sandbox = await one({ resources: { requests: { cpu: "1500m" } } }, { tolerations }, { objects: [node] });
  assert.equal(podOf(sandbox).spec.nodeName, "small");
  const containers = [{ name: "app", image: "shop:1", resources: { requests: { cpu: "1" } } }];
  const second = { apiVersion: "v1", kind: "Pod", metadata: { name: "two" }, spec: { containers, tolerations } };
  await ask(sandbox, "POST v1 pods", second);
  await sandbox.clock.advance(1_000);
  const [why] = sandbox.registry.store.get("Pod", "shop", "two")?.status.conditions ?? [];
  assert.match(String(why?.message), /1 Insufficient cpu\..*No preemption victims found for incoming pod\.$/);
  await ask(sandbox, "DELETE v1 pods/one");
  await sandbox.clock.advance(1_000);
  assert.equal(sandbox.registry.store.get("Pod", "shop", "two")?.spec.nodeName, "small");
});
