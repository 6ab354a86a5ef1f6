import assert from "node:assert/strict";
import { test } from "node:test";
import type { CheckResult } from "@cutover/release";

type Home = "breaks" | "certificates" | "cluster" | "images" | "services";

/** Which `preflight-….cluster-test.ts` sees a check pass and breaks what it looks at; for two a reason why none does. */
export const seenIn: Readonly<Record<string, Home | { readonly not: string }>> = {
  "api-server": "breaks",
  credentials: "images",
  cluster: "breaks",
  version: "images",
  nodes: "breaks",
  namespace: "cluster",
  rights: "cluster",
  lock: "cluster",
  selector: "cluster",
  serving: "cluster",
  restarts: "cluster",
  traffic: "cluster",
  "load-balancer": "breaks",
  "unfinished-release": "breaks",
  "dry-run": "cluster",
  "field-owners": "cluster",
  "deprecated-apis": "cluster",
  webhooks: "breaks",
  probes: "cluster",
  references: "cluster",
  images: "images",
  "pull-secrets": "images",
  platforms: "images",
  limits: "cluster",
  quota: "cluster",
  headroom: "cluster",
  autoscalers: "cluster",
  "disruption-budgets": "cluster",
  endpoints: "breaks",
  certificates: "certificates",
  tcp: "services",
  postgres: "services",
  redis: "services",
  alerts: "services",
  targets: "services",
  flags: "breaks",
  backup: "breaks",
  window: "cluster",
  freezes: "breaks",
  "commit-checks": { not: "GitHub answers it; its double is typed by the schema that GitHub publishes" },
  approvals: { not: "GitHub answers it, as above" },
};

const seen = new Map<string, Set<CheckResult["verdict"]>>();

/** Keeps in mind what a check said, and says it as `verdict: evidence`. */
export function sawOf({ id, verdict, evidence }: CheckResult): string {
  seen.set(id, (seen.get(id) ?? new Set()).add(verdict));
  return `${verdict}: ${evidence}`;
}

/** The last test of a file: each check that the table gives it was seen to pass there, and to be broken. */
export function testThatAllWereSeen(file: Home): void {
  test("each check that is this file's was seen to pass, and to tell what was broken", () => {
    const own = Object.keys(seenIn).filter((id) => seenIn[id] === file);
    const missing = own.flatMap((id) => {
      const verdicts = seen.get(id) ?? new Set();
      const isBroken = ["warn", "fail", "error"].some((verdict) => verdicts.has(verdict as CheckResult["verdict"]));
      return [...(verdicts.has("pass") ? [] : [`${id}: pass`]), ...(isBroken ? [] : [`${id}: broken`])];
    });
    assert.deepEqual(missing, []);
  });
}
