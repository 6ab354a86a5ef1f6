import assert from "node:assert/strict";
import { test } from "node:test";
import { shop } from "../../../test/journeys/shop.ts";
import { checked, told } from "../checked.test-kit.ts";

test("nobody holds the lock", async () => {
  assert.equal(told(await checked("lock")), "pass: The lock of Service shop is free");
});

test("another run holds the lock", async () => {
  const lease = {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: { name: "cutover-shop", namespace: "shop", annotations: { "cutover.dev/run": "https://ci.example/7" } },
    spec: { holderIdentity: "acme/shop/7/1/release", leaseDurationSeconds: 30 },
  };
  const base = shop();
  const found = await checked("lock", { options: { ...base, objects: [...(base.objects ?? []), lease] } });
  assert.equal(told(found), "warn: Lease cutover-shop is held by acme/shop/7/1/release (https://ci.example/7)");
  assert.match(found.remedy ?? "", /Wait for that run/);
});
