import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { healthOf } from "./health.ts";
import type { Snapshot } from "./snapshot.ts";
import { endpointsOf, podOf, snapshotOf } from "./snapshots.test-kit.ts";

suite("Traffic to green is", () => {
  const withSlices = (...slices: Snapshot["slices"]) => ({ ...snapshotOf(), slices });
  const unready = snapshotOf({ pods: [podOf("green", "g1"), podOf("green", "g2", { ready: "False" })] });
  const [ready] = endpointsOf("b1").endpoints ?? [];
  const terminating = { ...endpointsOf("b1"), endpoints: [{ ...ready, conditions: { ready: false } }] };
  const examples: readonly [sentence: string, snapshot: Snapshot, ready: number, foreign: number, isGood: boolean][] = [
    ["good where exactly its pods are listed", withSlices(endpointsOf("g1", "g2")), 2, 0, true],
    [
      "good where they are listed twice, once for each address family",
      withSlices(endpointsOf("g1", "g2"), endpointsOf("g1", "g2")),
      2,
      0,
      true,
    ],
    [
      "good while an old pod is listed as no longer ready",
      withSlices(endpointsOf("g1", "g2"), terminating),
      2,
      0,
      true,
    ],
    ["not good while an old pod is listed", withSlices(endpointsOf("g1", "g2", "b1")), 2, 1, false],
    ["not good while one of two is missing", withSlices(endpointsOf("g1")), 1, 0, false],
    ["not good while nothing is listed", withSlices(), 0, 0, false],
    [
      "not good where a listed pod says that it is not ready",
      { ...unready, slices: [endpointsOf("g1", "g2")] },
      1,
      0,
      false,
    ],
    [
      "not good where a listed address belongs to nobody that we know",
      withSlices(endpointsOf("g1", "g2", "nobody")),
      2,
      1,
      false,
    ],
  ];
  for (const [sentence, snapshot, expected, foreign, isGood] of examples) {
    test(sentence, () => {
      const health = healthOf("green", snapshot);
      assert.deepEqual([health.ready, health.foreign, health.isGood, health.needed], [expected, foreign, isGood, 2]);
    });
  }
});
