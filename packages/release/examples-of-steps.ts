/** What the tables of `nextStep` share: how an example is written, and the states that many of them begin with. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Observed, Wanted } from "./model.ts";
import { nextStep } from "./next-step.ts";
import type { Evidence, Failure, Step } from "./step.ts";

export type Example = [sentence: string, seen: Observed, evidence: Evidence, wanted: Wanted, next: Step];

export const proof = "pods of green B 2";
export const known = { 1: "A confirmed", 2: "B" };
export const bothConfirmed = { 1: "A confirmed", 2: "B confirmed" };
/** Green serves B, revision 2; blue still holds A. */
export const switched = { active: "green", green: {}, history: known } as const;
export const finished = { active: "green", green: {}, history: bothConfirmed } as const;
export const moved: Evidence = { switched: true };
export const bad: Failure = {
  outcome: "failed",
  revision: 2,
  color: "green",
  step: "await-ready",
  reason: "no image",
  hint: "push it",
};
export const badAfter: Failure = { ...bad, step: "confirm", reason: "no endpoints" };

/** Each example is a test of its own. */
export function checkAll(examples: readonly Example[]): void {
  for (const [sentence, seen, evidence, wanted, next] of examples) {
    test(sentence, () => assert.deepEqual(nextStep(seen, evidence, wanted), { kind: "step", step: next }));
  }
}
