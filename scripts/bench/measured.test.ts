import assert from "node:assert/strict";
import { test } from "node:test";
import { isBroken, median, slope } from "./measured.ts";

test("the median is the middle one, or between the two in the middle", () => {
  assert.deepEqual([median([3, 1, 2]), median([4, 1, 3, 2]), median([7])], [2, 2.5, 7]);
});

test("the slope of points on a line is the line's", () => {
  const line = [0, 2, 4].map((x) => [x, 5 + 3 * x] as const);
  assert.equal(slope(line), 3);
});

test("only a measured value can break its promise", () => {
  const line = { what: "a figure", unit: "requests", limit: 25 } as const;
  assert.deepEqual(
    [24, 26, undefined].map((value) => isBroken({ ...line, value })),
    [false, true, false],
  );
});
