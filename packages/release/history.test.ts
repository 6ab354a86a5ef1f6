import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  activeRevision,
  expiredRevisions,
  findRevision,
  keptRevisions,
  newestFirst,
  nextRevision,
  previousRevision,
} from "./history.ts";
import { scene } from "./scenes.ts";

const { history } = scene({ history: { 1: "A confirmed", 2: "B failed", 3: "C confirmed", 4: "D" } });

suite("The history", () => {
  test("finds a revision by its number", () => assert.equal(findRevision(history, 2)?.result, "failed"));
  test("finds nothing under a number that it does not know", () => assert.equal(findRevision(history, 9), undefined));
  test("finds nothing under no number", () => assert.equal(findRevision(history, undefined), undefined));
  test("can be put into order again", () => assert.deepEqual(newestFirst(history.toReversed()), history));
});

suite("The active revision", () => {
  test("is the one that the Service says", () => assert.equal(activeRevision(scene())?.revision, 1));
  test("is unknown where the Service says none", () =>
    assert.equal(activeRevision(scene({ revision: undefined })), undefined));
  test("is unknown where its entry is gone", () => assert.equal(activeRevision(scene({ history: {} })), undefined));
});

suite("The previous revision", () => {
  const previous = (active: number | undefined) =>
    previousRevision(
      scene({ revision: active, history: { 1: "A confirmed", 2: "B failed", 3: "C confirmed", 4: "D" } }),
    )?.revision;
  test("is the newest confirmed one before the active one", () => assert.equal(previous(4), 3));
  test("is never one that failed", () => assert.equal(previous(3), 1));
  test("is never a newer one", () => assert.equal(previous(1), undefined));
  test("is the newest confirmed one where the active one is unknown", () => assert.equal(previous(undefined), 3));
});

suite("The next revision", () => {
  test("is 1 where there was none", () => assert.equal(nextRevision([], []), 1));
  test("counts failed and unfinished ones", () => assert.equal(nextRevision(history, []), 5));
  test("counts what stands on objects but not in the history", () =>
    assert.equal(nextRevision(history, [undefined, 7]), 8));
});

suite("Revisions expire", () => {
  const confirmed = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [index + 10, "A confirmed"]));
  const expired = (sketch: Record<number, string>, current?: number) =>
    expiredRevisions(scene({ history: sketch }).history, current).map((one) => one.revision);

  test("never while no more than the kept number were confirmed", () => {
    assert.deepEqual(expired({ 1: "A failed", ...confirmed(keptRevisions - 1) }), []);
    assert.deepEqual(expired(confirmed(keptRevisions)), []);
  });
  test("with everything older than the last ones that were confirmed", () => {
    assert.deepEqual(expired({ 1: "A failed", 2: "B", ...confirmed(keptRevisions + 1) }), [10, 2, 1]);
  });
  test("but not the current one, however old", () => assert.deepEqual(expired(confirmed(keptRevisions + 2), 10), [11]));
});
