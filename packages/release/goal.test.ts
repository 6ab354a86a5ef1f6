import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { carries, findGoal, type GoalOrRefusal, isServing } from "./goal.ts";
import type { Observed } from "./model.ts";
import { deploy, emptyCluster, hashes, rollback, scene } from "./scenes.ts";

const finished = { active: "green", green: {}, history: { 1: "A confirmed", 2: "B confirmed" } } as const;

suite("A deploy aims", () => {
  const examples: readonly [sentence: string, seen: Observed, goal: GoalOrRefusal][] = [
    ["at blue where nothing is there", emptyCluster(), { color: "blue", hash: hashes("A").blue, revision: undefined }],
    [
      "at the slot that a first install has begun with",
      scene({ active: undefined, blue: "missing", green: {}, history: { 2: "B" } }),
      { color: "green", hash: hashes("B").green, revision: 2 },
    ],
    ["at the inactive slot", scene(), { color: "green", hash: hashes("B").green, revision: undefined }],
    [
      "at the active slot where that carries it already",
      scene(finished),
      { color: "green", hash: hashes("B").green, revision: 2 },
    ],
    [
      "at the active slot without a number where nobody recorded it",
      scene({ wants: "A", history: {} }),
      { color: "blue", hash: hashes("A").blue, revision: undefined },
    ],
    [
      "at the number that an unfinished release has taken",
      scene({ history: { 1: "A confirmed", 2: "B" } }),
      { color: "green", hash: hashes("B").green, revision: 2 },
    ],
    [
      "at a new number where the unfinished release was another",
      scene({ history: { 1: "A confirmed", 2: "C" } }),
      { color: "green", hash: hashes("B").green, revision: undefined },
    ],
    [
      "at a new number where the unfinished release is older than what a rollback left",
      scene({ history: { 1: "A confirmed", 2: "B", 3: "C failed" } }),
      { color: "green", hash: hashes("B").green, revision: undefined },
    ],
  ];
  for (const [sentence, seen, goal] of examples) {
    test(sentence, () => assert.deepEqual(findGoal(seen, deploy()), goal));
  }
});

suite("A rollback aims", () => {
  const examples: readonly [sentence: string, seen: Observed, to: "previous" | number, goal: GoalOrRefusal][] = [
    [
      "at the revision before the active one",
      scene(finished),
      "previous",
      { color: "blue", hash: hashes("A").blue, revision: 1 },
    ],
    [
      "at the active one where a rollback has brought it there",
      scene({ history: finished.history, rolledBackFrom: 2 }),
      "previous",
      { color: "blue", hash: hashes("A").blue, revision: 1 },
    ],
    [
      "past what a rollback brought there, where the history does not know that",
      scene({ revision: 7, history: finished.history, rolledBackFrom: 8 }),
      "previous",
      { color: "green", hash: hashes("B").green, revision: 2 },
    ],
    ["at a revision by its number", scene(finished), 1, { color: "blue", hash: hashes("A").blue, revision: 1 }],
  ];
  for (const [sentence, seen, to, goal] of examples) {
    test(sentence, () => assert.deepEqual(findGoal(seen, rollback(to)), goal));
  }
});

suite("A goal", () => {
  const goal = { color: "green", hash: hashes("B").green, revision: 2 } as const;
  const { green } = scene({ green: {} }).slots;

  test("is served where Service and number agree", () => assert.ok(isServing(scene(finished), goal)));
  test("is not served from the other slot", () => assert.ok(!isServing(scene({ revision: 2 }), goal)));
  test("is not served under another number", () => assert.ok(!isServing(scene({ ...finished, revision: 3 }), goal)));
  test("without a number is never served", () =>
    assert.ok(!isServing(scene({ ...finished, revision: undefined }), { ...goal, revision: undefined })));

  test("is carried by a slot of its content and number", () => assert.ok(carries(green, goal)));
  test("is not carried by other content", () => assert.ok(!carries({ ...green, hash: "other" }, goal)));
  test("is not carried under another number", () => assert.ok(!carries({ ...green, revision: 1 }, goal)));
  test("is not carried by a slot that is gone", () => assert.ok(!carries({ ...green, exists: false }, goal)));
});
