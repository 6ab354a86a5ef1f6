import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import {
  expendableReplicas,
  neededReplicas,
  type ReplicaSources,
  type RollingUpdate,
  targetReplicas,
} from "./replicas.ts";

suite("The pods that a slot must have before traffic comes to it", () => {
  const examples: readonly [sentence: string, sources: ReplicaSources, pods: number][] = [
    ["are one where nobody says anything", {}, 1],
    ["are the manifest's", { manifest: 3 }, 3],
    ["are never fewer than serve now", { manifest: 3, live: 5 }, 5],
    ["are never fewer than an autoscaler's floor", { manifest: 3, live: 2, floor: 4 }, 4],
    ["are what the user asks, if asked", { asked: 2, manifest: 3, live: 5, floor: 4 }, 2],
    ["are one where the manifest asks for none", { manifest: 0, live: 0, floor: 0 }, 1],
    ["are one where the user asks for none, for none cannot serve", { asked: 0 }, 1],
  ];
  for (const [sentence, sources, pods] of examples) {
    test(sentence, () => assert.equal(targetReplicas(sources), pods));
  }
});

suite("The pods that a rolling update may take away first", () => {
  const examples: readonly [sentence: string, replicas: number, how: RollingUpdate, pods: number][] = [
    ["are none of three by default", 3, {}, 0],
    ["are a part of more", 8, {}, 2],
    ["are one where none may be added, whatever else is said", 3, { maxSurge: 0 }, 1],
    ["are one where no percentage may be added", 3, { maxSurge: "0%", maxUnavailable: 0 }, 1],
    ["are what may be unavailable", 3, { maxSurge: 0, maxUnavailable: 2 }, 2],
    ["are never more than there are", 2, { maxUnavailable: 5 }, 2],
  ];
  for (const [sentence, replicas, how, pods] of examples) {
    test(sentence, () => assert.equal(expendableReplicas(replicas, how), pods));
  }
});

suite("The ready pods without which a slot does not serve well enough", () => {
  const examples: readonly [
    sentence: string,
    replicas: number,
    maxUnavailable: number | string | undefined,
    pods: number,
  ][] = [
    ["are three of four by default", 4, undefined, 3],
    ["are all of three by default, for a part of a pod is not spared", 3, undefined, 3],
    ["follow a percentage", 10, "50%", 5],
    ["follow a number", 10, 2, 8],
    ["follow a number in quotes", 10, "2", 8],
    ["are one where everything may be unavailable", 4, "100%", 1],
    ["are one where more may be unavailable than there are", 2, 5, 1],
    ["are all where the strategy cannot be read", 4, "many", 4],
    ["are one in a slot without pods", 0, undefined, 1],
  ];
  for (const [sentence, replicas, maxUnavailable, pods] of examples) {
    test(sentence, () => assert.equal(neededReplicas(replicas, maxUnavailable), pods));
  }

  test("are never more than the slot has, and never none", () => {
    const percentage = fc.nat(100).map((percent) => `${percent}%`);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.oneof(percentage, fc.nat(500)), (replicas, maxUnavailable) => {
        const needed = neededReplicas(replicas, maxUnavailable);
        assert.ok(needed >= 1 && needed <= replicas);
      }),
    );
  });
});
