import type { Observed, Revision } from "./model.ts";

/** How many confirmed revisions are kept to go back to. */
export const keptRevisions = 10;

export function findRevision(history: readonly Revision[], revision: number | undefined): Revision | undefined {
  return history.find((one) => one.revision === revision);
}

/** The history's entry of what gets the traffic; none for what nobody recorded, or whose entry is gone. */
export function activeRevision({ history, service }: Observed): Revision | undefined {
  return service.revision === undefined ? undefined : findRevision(history, service.revision);
}

/** The newest confirmed revision older than the active one: what is newer was left for a reason. */
export function previousRevision(observed: Observed): Revision | undefined {
  const active = activeRevision(observed)?.revision ?? Number.POSITIVE_INFINITY;
  return newestFirst(observed.history).find((one) => one.result === "confirmed" && one.revision < active);
}

/** The number that the next release takes: one more than the highest ever, failed ones included. */
export function nextRevision(history: readonly Revision[], seen: readonly (number | undefined)[]): number {
  return 1 + Math.max(0, ...history.map((one) => one.revision), ...seen.map((revision) => revision ?? 0));
}

/** Revisions that may be forgotten: older than the last ten confirmed ones, and not `current`. */
export function expiredRevisions(history: readonly Revision[], current: number | undefined): readonly Revision[] {
  const confirmed = newestFirst(history).filter((one) => one.result === "confirmed");
  const oldestKept = confirmed[keptRevisions - 1]?.revision;
  if (oldestKept === undefined) return [];
  return history.filter((one) => one.revision < oldestKept && one.revision !== current);
}

export function newestFirst(history: readonly Revision[]): readonly Revision[] {
  return history.toSorted((a, b) => b.revision - a.revision);
}
