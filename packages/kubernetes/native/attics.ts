import { colors, expiredRevisions, type Observed, type Step } from "@cutover/release";
import type { Attic } from "./leftovers.ts";
import type { Recorded } from "./revisions.ts";

/** What the history has of a revision; nothing where that is nothing, or nobody can read it. */
export type Records = (revision: number | undefined) => Recorded | undefined;

/** What is to be tidied up before a step writes what it is for: of most steps nothing. */
export function atticsOf(step: Step, observed: Observed, records: Records): readonly Attic[] {
  const known = (numbers: readonly { revision: number }[]) =>
    numbers.map(({ revision }) => records(revision)).filter((one) => one !== undefined);
  const { history, slots } = observed;
  const revisions = known(history);
  if (step.kind === "retire" && step.how === "delete")
    return [{ color: step.color, revisions, kept: revisions, held: undefined }];
  if (step.kind !== "mark" || step.result !== "confirmed") return [];
  const expired = expiredBy(step, observed);
  const kept = history.filter((one) => !expired.has(one.revision));
  // Of a slot that is there: what releases have made for its color, and the one that it holds does not have.
  return colors.flatMap((color) => {
    const { exists, revision } = slots[color];
    const held = exists && kept.some((one) => one.revision === revision) ? records(revision) : undefined;
    return held === undefined ? [] : [{ color, revisions, kept: known(kept), held }];
  });
}

/** Numbers of the revisions that nobody can go back to once this one is marked. */
export function expiredBy(
  { revision, result }: Extract<Step, { kind: "mark" }>,
  { history, service }: Observed,
): ReadonlySet<number> {
  const marked = history.map((one) => (one.revision === revision ? { ...one, result } : one));
  return new Set(expiredRevisions(marked, service.revision).map((one) => one.revision));
}
