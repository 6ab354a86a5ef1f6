import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../status.ts";
import { jsonPatch } from "./json-patch.ts";

test("carries out every operation, in order", () => {
  const patched = jsonPatch({ a: 1, list: [1, 2], "x/y": { old: true } }, [
    { op: "test", path: "/a", value: 1 },
    { op: "replace", path: "/a", value: 2 },
    { op: "add", path: "/list/1", value: 9 },
    { op: "add", path: "/list/-", value: 10 },
    { op: "remove", path: "/list/0" },
    { op: "copy", from: "/a", path: "/b" },
    { op: "move", from: "/x~1y/old", path: "/x~1y/new" },
  ]);
  assert.deepEqual(patched, { a: 2, b: 2, list: [9, 2, 10], "x/y": { new: true } });
});

test("refuses with 422 when a test fails or a path does not exist", () => {
  const bad = [
    { op: "test", path: "/a", value: 2 },
    { op: "remove", path: "/b" },
    { op: "add", path: "/b/c", value: 1 },
    { op: "add", path: "/list/7", value: 1 },
  ];
  for (const operation of bad) {
    assert.throws(
      () => jsonPatch({ a: 1, list: [] }, [operation]),
      (error) => error instanceof ApiError && error.code === 422,
      JSON.stringify(operation),
    );
  }
});

test("replaces a missing field of an object, as the real server does", () => {
  assert.deepEqual(jsonPatch({ a: {} }, [{ op: "replace", path: "/a/b", value: 1 }]), { a: { b: 1 } });
});
