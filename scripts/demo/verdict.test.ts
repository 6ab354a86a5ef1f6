import assert from "node:assert/strict";
import { test } from "node:test";
import { type Act, acts } from "./acts.ts";
import { type Ended, flawsOf } from "./verdict.ts";

const all = acts((version) => version);
const good = pick(({ outcome }) => outcome === "succeeded");
const sick = pick(({ sick }) => sick !== undefined);

function pick(isWanted: (act: Act) => boolean): Act {
  const found = all.find(isWanted);
  if (found === undefined) throw new Error("the demo has no such act");
  return found;
}

function ended({ outcome, color, version, sick }: Act): Ended {
  const conclusion = outcome === "succeeded" ? "success" : "failure";
  return { result: { conclusion, outputs: { outcome, color } }, lost: sick === undefined ? 0 : 9, answering: version };
}

for (const act of all) {
  test(`finds nothing wrong with what should be: ${act.title}`, () => assert.deepEqual(flawsOf(act, ended(act)), []));
}

const wrong: readonly [string, Act, Partial<Ended>, string][] = [
  ["a good release that lost one request", good, { lost: 1 }, "1 requests were lost"],
  ["an ill release that nobody noticed", sick, { lost: 0 }, "1.6.1 should have fallen ill, and did not"],
  [
    "an old version that still answers",
    good,
    { answering: "1.4.0" },
    "the version that answers should be 1.5.0, and is 1.4.0",
  ],
  ["nobody who answers", good, { answering: undefined }, "the version that answers should be 1.5.0, and is nothing"],
];

for (const [what, act, found, flaw] of wrong) {
  test(`names ${what}`, () => assert.deepEqual(flawsOf(act, { ...ended(act), ...found }), [flaw]));
}

test("names another outcome, another color and a step that passed", () => {
  const result = { conclusion: "success", outputs: { outcome: "succeeded", color: "blue" } } as const;
  assert.equal(flawsOf(sick, { ...ended(sick), result }).length, 3);
});
