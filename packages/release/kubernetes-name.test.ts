import assert from "node:assert/strict";
import { test } from "node:test";
import { isDnsLabel, isDnsSubdomain, isLabelKey, isLabelValue, isSlotPattern } from "./kubernetes-name.ts";

type Row = readonly [rule: (text: string) => boolean, accepts: readonly string[], refuses: readonly string[]];

const long = "a".repeat(64);

const table: readonly Row[] = [
  [isDnsLabel, ["a", "shop", "shop-1", "1shop"], ["", "-a", "a-", "A", "a.b", "a_b", "a b", "a\n", long]],
  [isDnsSubdomain, ["a", "a.b", "shop-1.example"], ["", ".a", "a.", "a..b", "A", "a/b", "a".repeat(254)]],
  [isLabelKey, ["color", "app.kubernetes.io/name", "a/B_c.d"], ["", "a/", "/a", "a/b/c", "A/b", "-a", long]],
  [isLabelValue, ["", "v1.2", "Blue_1"], ["-a", "a b", "a/b", long]],
  [
    isSlotPattern,
    ["{service}-{color}", "shop-{color}", "{color}"],
    ["{service}", "shop", "{service}-{colour}", "{color}-{namespace}", "Shop-{color}", "{color}-"],
  ],
];

for (const [rule, accepts, refuses] of table) {
  test(`${rule.name} knows the names that Kubernetes takes`, () => {
    for (const text of accepts) assert.equal(rule(text), true, text);
    for (const text of refuses) assert.equal(rule(text), false, text);
  });
}
