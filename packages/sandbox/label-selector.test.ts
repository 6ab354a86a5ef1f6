import assert from "node:assert/strict";
import { test } from "node:test";
import { labelRequirements } from "./label-selector.ts";

const labels = { app: "web", color: "blue", size: "3" };

test("matches equality, sets, presence and numbers", () => {
  const cases: [string, boolean][] = [
    ["", true],
    ["app=web,color==blue", true],
    ["app!=web", false],
    ["other!=x", true],
    ["color in (blue, green)", true],
    ["color notin (blue)", false],
    ["other notin (blue)", true],
    ["app,!legacy", true],
    ["!app", false],
    ["size>2,size<4", true],
    ["color>2", false],
    ["app=", false],
  ];
  for (const [selector, holds] of cases) {
    assert.equal(
      labelRequirements(selector).every((requirement) => requirement(labels)),
      holds,
      selector,
    );
  }
});

test("refuses in the words of the real server", () => {
  const cases: [string, string][] = [
    ["a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ["a in b", "unable to parse requirement: found 'b' expected: '('"],
    ["a=b=c", "found '=', expected: ',' or 'end of string'"],
    ["=x", "found '=', expected: !, identifier, or 'end of string'"],
    ["!a=b", "found '=', expected: ',' or 'end of string'"],
    ["a in (b", "unable to parse requirement: found '', expected: ',' or ')'"],
    ["a,,b", "found ',', expected: identifier after ','"],
    [
      "a>x",
      "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer",
    ],
    [",a", "found ',', expected: !, identifier, or 'end of string'"],
  ];
  for (const [selector, message] of cases) assert.throws(() => labelRequirements(selector), { message }, selector);
});
