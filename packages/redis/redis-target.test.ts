import assert from "node:assert/strict";
import { test } from "node:test";
import { readRedisUrl } from "./redis-target.ts";

test("a URL is read as redis-cli reads it", () => {
  const plain = { host: "cache", port: 6379, tls: false, username: undefined, password: undefined };
  assert.deepEqual(readRedisUrl("redis://cache"), plain);
  assert.deepEqual(readRedisUrl("rediss://app:p%40ss@[::1]:6380/3"), {
    host: "::1",
    port: 6380,
    tls: true,
    username: "app",
    password: "p@ss",
  });
  assert.deepEqual(readRedisUrl("redis://:secret@cache/0"), { ...plain, password: "secret" });
});

test("anything else is none", () => {
  for (const text of [
    "cache:6379",
    "http://cache",
    "redis://",
    "redis://cache/shop",
    "redis://:100%@cache",
    "redis://cache:99999",
  ])
    assert.equal(readRedisUrl(text), undefined, text);
});
