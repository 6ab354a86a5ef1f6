import assert from "node:assert/strict";
import { test } from "node:test";
import { describeObject, hideSecretValues, type Resource } from "./resource.ts";

const secret: Resource = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "token" },
  data: { b: "aHVudGVyMg==" },
  stringData: { a: "hunter2" },
};

test("describes a Secret by its keys, never by its values", () => {
  assert.equal(describeObject(secret), "Secret token (a, b)");
  assert.equal(
    describeObject({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "shop" } }),
    "Deployment shop",
  );
});

test("hides every value of a Secret and nothing of other kinds", () => {
  assert.doesNotMatch(JSON.stringify(hideSecretValues(secret)), /hunter2|aHVudGVyMg/);
  const other = { ...secret, kind: "ConfigMap" };
  assert.deepEqual(hideSecretValues(other), other);
});
