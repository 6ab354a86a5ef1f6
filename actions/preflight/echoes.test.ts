import assert from "node:assert/strict";
import { test } from "node:test";
import type { CheckResult } from "@cutover/release";
import { withoutEchoes } from "./echoes.ts";

const result = (id: string, verdict: CheckResult["verdict"], evidence: string): CheckResult => {
  return { id, title: `It is ${id}`, verdict, evidence, ms: 1, ...(verdict === "error" && { remedy: "Mend it." }) };
};

const found = [
  result("rights", "error", "shop.yaml is no YAML"),
  result("lock", "error", "Cannot get Lease"),
  result("dry-run", "fail", "shop.yaml is no YAML"),
  result("probes", "error", "shop.yaml is no YAML"),
  result("probes-too", "pass", "Cannot get Lease"),
  result("serving", "error", "Cannot get Lease"),
];

const told = (override: readonly string[] = []) =>
  withoutEchoes(found, override).map(({ id, verdict, remedy }) => `${id} ${verdict} ${remedy ?? "-"}`);

test("one reason is told once, by the check that failed for it or else the first that could not ask", () => {
  assert.deepEqual(told(), [
    "rights skip -",
    "lock error Mend it.",
    "dry-run fail -",
    "probes skip -",
    "probes-too pass -",
    "serving skip -",
  ]);
  assert.equal(withoutEchoes(found, [])[0]?.evidence, "Not looked at, for the reason that `dry-run` tells");
});

test("what is overridden lets nothing else through", () => {
  assert.deepEqual(told(["dry-run", "lock"]), [
    "rights error Mend it.",
    "lock error Mend it.",
    "dry-run fail -",
    "probes skip -",
    "probes-too pass -",
    "serving error Mend it.",
  ]);
});
