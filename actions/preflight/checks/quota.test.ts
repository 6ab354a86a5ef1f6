import assert from "node:assert/strict";
import { test } from "node:test";
import { checked, releasing, shopAnd, told } from "../checked.test-kit.ts";

const quota = (hard: Readonly<Record<string, string>>) =>
  shopAnd({ apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "team", namespace: "shop" }, spec: { hard } });

const hungry = releasing({ container: { resources: { requests: { cpu: "500m", memory: "256Mi" } } }, replicas: 3 });

test("a namespace without quotas limits nothing", async () => {
  assert.equal(told(await checked("quota", hungry)), "skip: Namespace shop has no ResourceQuota");
});

test("a quota with room for the second slot passes", async () => {
  const found = await checked("quota", { ...hungry, options: quota({ pods: "10" }) });
  assert.equal(told(found), "pass: ResourceQuota team has 8 pods left of 10, and the new pods need 3");
});

test("a quota that the second slot would burst fails before it does", async () => {
  const found = await checked("quota", { ...hungry, options: quota({ pods: "10", "requests.memory": "512Mi" }) });
  assert.equal(
    told(found),
    "fail: ResourceQuota team has 512Mi requests.memory left of 512Mi, and the new pods need 768Mi",
  );
  assert.equal(found.remedy?.startsWith("Raise requests.memory in ResourceQuota team by 256Mi"), true);
});

test("a quota of what nobody asks for says nothing", async () => {
  const found = await checked("quota", { ...hungry, options: quota({ "count/configmaps": "5" }) });
  assert.equal(told(found), "skip: No quota limits what the pods need");
});
