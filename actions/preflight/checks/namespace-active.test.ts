import assert from "node:assert/strict";
import { test } from "node:test";
import { remove } from "@cutover/sandbox";
import { checked, told } from "../checked.test-kit.ts";

test("the namespace is there", async () => {
  assert.equal(told(await checked("namespace")), "pass: Namespace shop is active");
});

test("another namespace is not", async () => {
  const found = await checked("namespace", { inputs: { namespace: "elsewhere" } });
  assert.equal(told(found), "fail: Namespace elsewhere does not exist");
  assert.match(found.remedy ?? "", /kubectl create namespace elsewhere/);
});

test("a namespace that is being deleted takes nothing any more", async () => {
  const found = await checked("namespace", {
    // Its pods live for some seconds more, so it is there, and ends.
    before: ({ sandbox }) => remove(sandbox.registry, { kind: "Namespace", namespace: undefined, name: "shop" }),
  });
  assert.match(told(found), /^fail: Namespace shop is being deleted since 2030-01-01T00:00:05Z$/);
});

test("a namespace of Kubernetes' own is hardly meant", async () => {
  const found = await checked("namespace", { inputs: { namespace: "kube-system" } });
  assert.equal(told(found), "warn: Namespace kube-system is Kubernetes' own");
});
