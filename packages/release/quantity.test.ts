import assert from "node:assert/strict";
import { test } from "node:test";
import { formatQuantity, parseQuantity } from "./quantity.ts";

test("quantities are read as Kubernetes writes them", () => {
  const read = { "250m": 0.25, "64Mi": 67_108_864, "1e3": 1_000, "2": 2, "1.5Gi": 1_610_612_736, "0": 0, ".5": 0.5 };
  for (const [text, amount] of Object.entries(read)) assert.equal(parseQuantity(text), amount, text);
  for (const text of ["", "abc", "1 Gi", "1kb", undefined]) assert.equal(parseQuantity(text), undefined, String(text));
});

test("amounts are written as people read them", () => {
  assert.deepEqual(
    [0.25, 3, 0.0001].map((cores) => formatQuantity(cores)),
    ["250m", "3", "1m"],
  );
  assert.deepEqual(
    [67_108_864, 1_610_612_736, 12].map((bytes) => formatQuantity(bytes, true)),
    ["64Mi", "1.5Gi", "12"],
  );
});
