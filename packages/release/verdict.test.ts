import assert from "node:assert/strict";
import { test } from "node:test";
import { type CheckResult, jointVerdict, overridden, type Verdict, worstFirst } from "./verdict.ts";

function result(id: string, verdict: Verdict): CheckResult {
  return { id, title: id, verdict, evidence: "", ms: 0 };
}

test("no answer counts as a bad one, and nothing to check as none", () => {
  const joint = (...verdicts: Verdict[]) => jointVerdict(verdicts.map((verdict) => ({ verdict })));
  assert.equal(joint("pass", "warn", "error"), "fail");
  assert.equal(joint("pass", "fail"), "fail");
  assert.equal(joint("skip", "warn", "pass"), "warn");
  assert.equal(joint("skip", "pass"), "pass");
});

test("the worst comes first, and of one verdict what came first", () => {
  const results = [
    result("a", "pass"),
    result("b", "skip"),
    result("c", "fail"),
    result("d", "pass"),
    result("e", "error"),
  ];
  assert.deepEqual(
    worstFirst(results).map(({ id }) => id),
    ["c", "e", "a", "d", "b"],
  );
});

test("an override makes a failure a warning with its reason, and touches nothing else", () => {
  const results = [result("window", "fail"), result("lock", "fail"), result("quota", "pass")];
  const after = overridden(results, ["window", "quota"], "incident 7");
  assert.deepEqual(
    after.map(({ id, verdict, overridden: why }) => [id, verdict, why]),
    [
      ["window", "warn", "incident 7"],
      ["lock", "fail", undefined],
      ["quota", "pass", undefined],
    ],
  );
});
