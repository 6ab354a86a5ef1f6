import assert from "node:assert/strict";
import { test } from "node:test";
import { type Act, acts } from "./acts.ts";
import type { ActView, Ended } from "./scene.ts";
import { flawsOf } from "./verdict.ts";

type Judged = Pick<ActView, "act" | "ended" | "lost" | "wrong">;

const all = acts((version) => version);
const good = pick(({ outcome }) => outcome === "succeeded");
const sick = pick(({ sick }) => sick !== undefined);

function pick(isWanted: (act: Act) => boolean): Act {
  const found = all.find(isWanted);
  if (found === undefined) throw new Error("the demo has no such act");
  return found;
}

function over(act: Act, found: Partial<Ended> = {}): Judged {
  const { outcome, color, version } = act;
  const conclusion = outcome === "succeeded" ? "success" : "failure";
  const ended = { conclusion, outputs: { outcome, color }, error: [], answering: version, ...found } as const;
  return { act, ended, lost: 0, wrong: act.sick === undefined ? 0 : 9 };
}

for (const act of all) {
  test(`finds nothing wrong with what should be: ${act.title}`, () => assert.deepEqual(flawsOf(over(act)), []));
}

const wrong: readonly [what: string, judged: Judged, flaw: string][] = [
  ["a good release that lost one request", { ...over(good), lost: 1 }, "1 request was lost"],
  ["an ill release by which requests were lost that it never had", { ...over(sick), lost: 2 }, "2 requests were lost"],
  ["a request that was lost before it is over", { ...over(good), ended: undefined, lost: 1 }, "1 request was lost"],
  ["an ill release that nobody noticed", { ...over(sick), wrong: 0 }, "v1.2.1 should have fallen ill, and did not"],
  [
    "an old version that still answers",
    over(good, { answering: "v0.9.0" }),
    "the version that answers should be v1.0.0, and is v0.9.0",
  ],
  [
    "nobody who answers",
    over(good, { answering: undefined }),
    "the version that answers should be v1.0.0, and is nothing",
  ],
];

for (const [what, judged, flaw] of wrong) {
  test(`names ${what}`, () => assert.deepEqual(flawsOf(judged), [flaw]));
}

test("names another outcome, another color and a workflow that passed", () => {
  const found = { conclusion: "success", outputs: { outcome: "succeeded", color: "blue" } } as const;
  assert.equal(flawsOf(over(sick, found)).length, 3);
});
