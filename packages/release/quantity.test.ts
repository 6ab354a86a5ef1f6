import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { exactQuantity, formatQuantity, parseQuantity } from "./quantity.ts";

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

test("what is added up to an amount is that amount, and is written as it", () => {
  const parts = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(parts, (milli) => {
      const total = milli.reduce((sum, one) => sum + one, 0);
      const added = milli.reduce((sum, one) => exactQuantity(sum + (parseQuantity(`${one}m`) ?? 0)), 0);
      assert.equal(added, parseQuantity(`${total}m`));
      assert.equal(parseQuantity(formatQuantity(added)), added);
    }),
  );
});
