import assert from "node:assert/strict";
import { test } from "node:test";
import { allRights } from "../../../test/journeys/shop.ts";
import type { Town } from "../../../test/virtual/town.ts";
import { checked, told } from "../checked.test-kit.ts";

const withConditions =
  (...conditions: readonly { type: string; status: string }[]) =>
  ({ sandbox: { registry } }: Town) => {
    const [node] = registry.store.list("Node");
    assert.ok(node !== undefined);
    const address = { kind: "Node", namespace: undefined, name: node.metadata.name } as const;
    registry.update(address, (live) => ({ ...live, status: { conditions } }), {
      manager: "test",
      subresource: "status",
    });
  };

const ready = { type: "Ready", status: "True" };

test("ready nodes pass", async () => {
  assert.match(told(await checked("nodes")), /^pass: (\d+) of \1 nodes are ready and take pods$/);
});

test("a node under pressure is worth a word", async () => {
  const before = withConditions(ready, { type: "MemoryPressure", status: "True" });
  assert.match(told(await checked("nodes", { before })), /^warn: Node \S+ has MemoryPressure$/);
});

test("no node at all is a failure", async () => {
  const before = withConditions({ type: "Ready", status: "False" });
  assert.match(told(await checked("nodes", { before })), /^fail: None of the 1 nodes is ready/);
});

test("credentials of a namespace need not see the nodes", async () => {
  const rules = [{ ...allRights[0], resources: ["services", "pods"] }] as unknown as typeof allRights;
  const found = await checked("nodes", { before: ({ sandbox }) => sandbox.setRules(rules) });
  assert.equal(told(found), "skip: The credentials may not list nodes");
});
