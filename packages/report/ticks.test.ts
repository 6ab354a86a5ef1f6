import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ticks } from "./ticks.ts";

test("counts in steps that people use", () => {
  assert.deepEqual(ticks(24_800), [0, 5_000, 10_000, 15_000, 20_000]);
  assert.deepEqual(ticks(480), [0, 100, 200, 300, 400]);
  assert.deepEqual(
    ticks(3_600_000 * 8),
    [0, 2, 4, 6, 8].map((hours) => hours * 3_600_000),
  );
});

test("property: starts at nothing, stays within the length, and is never crowded", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 * 3_600_000 }), (length) => {
      const marks = ticks(length);
      assert.equal(marks[0], 0);
      assert.ok(marks.length <= 7 && marks.every((mark) => mark <= length));
    }),
  );
});
