import assert from "node:assert/strict";
import { test } from "node:test";
import { definitionOf } from "./variable.ts";

const host = { name: "HOST", value: "old" };
const newer = { name: "HOST", valueFrom: { configMapKeyRef: { name: "db", key: "host" } } };
const password = { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } };
const whole = { name: "URL", value: "postgres://shop:$(PASSWORD)@$(HOST)/$(HOST)" };

test("a variable comes with those that it is made of, and no others", () => {
  const env = [host, newer, { name: "PATH", value: "/shop" }, password, whole];
  assert.deepEqual(definitionOf("URL", { env }), [password, newer, whole]);
  assert.deepEqual(definitionOf("HOST", { env }), [newer]);
  assert.deepEqual(definitionOf("HOST", { env: [host, whole, newer] }), [newer]);
});

test("what a variable is made of is what stands before it", () => {
  const itself = { name: "HOST", value: "$(HOST).internal" };
  assert.deepEqual(definitionOf("HOST", { env: [host, itself] }), [host, itself]);
  assert.deepEqual(definitionOf("HOST", { env: [itself] }), [itself]);
});

test("of whole sources only the key is taken, the last one's in the end", () => {
  const envFrom = [{ configMapRef: { name: "shop" } }, { prefix: "DB_", secretRef: { name: "db" } }];
  assert.deepEqual(definitionOf("DB_URL", { envFrom }), [
    { name: "DB_URL", valueFrom: { configMapKeyRef: { name: "shop", key: "DB_URL", optional: true } } },
    { name: "DB_URL", valueFrom: { secretKeyRef: { name: "db", key: "URL", optional: true } } },
  ]);
  assert.deepEqual(definitionOf("URL", {}), []);
});
