import {
  CutoverError,
  colors,
  expiredRevisions,
  isCutoverError,
  type Log,
  type Observed,
  type Step,
} from "@cutover/release";
import { as, type ControllerRevision } from "./kinds.ts";
import { prune } from "./prune.ts";
import { forgetRevisions, markRevision } from "./revisions.ts";
import type { Done, Work } from "./work.ts";

/**
 * Writes on the revision how its release ended, and forgets revisions that nobody can go back to any more. What only those need, or
 * nothing, has gone before that: a run that dies meanwhile leaves the revision unmarked, and whoever comes after it tidies up too.
 */
export async function mark(work: Work, step: Extract<Step, { kind: "mark" }>, observed: Observed): Promise<Done> {
  const { setting, snapshot } = work;
  const { client, log } = setting;
  const entry = snapshot.revisions.find((one) => one.revision === step.revision);
  if (entry === undefined) {
    throw new CutoverError(
      "refused",
      `Revision ${step.revision} of Service ${setting.service} has gone from the history`,
      {
        hint: "Somebody deleted its ControllerRevision. Run it again: what serves now is recorded anew.",
      },
    );
  }
  const history = observed.history.map((one) =>
    one.revision === step.revision ? { ...one, result: step.result } : one,
  );
  const expired = new Set(expiredRevisions(history, observed.service.revision).map((one) => one.revision));
  const kept = snapshot.revisions.filter((one) => !expired.has(one.revision));
  const old = snapshot.revisions.filter((one) => expired.has(one.revision));
  const isPruned = step.result === "confirmed" && (await pruneSlots(work, observed, kept));
  const marked = as(
    "ControllerRevision",
    await markRevision(client, entry, { result: step.result, service: snapshot.service }),
  );
  log.info(`Revision ${step.revision} is ${step.result}`);
  await tidied(log, forgetRevisions(client, old));
  if (isPruned) return { evidence: {} };
  const revisions = kept.map((one) => (one === entry ? marked : one));
  return { evidence: {}, snapshot: { ...snapshot, revisions } };
}

/** Of a slot that is there: what releases have made for its color, and the one that it holds does not have. */
async function pruneSlots(work: Work, { slots }: Observed, kept: readonly ControllerRevision[]): Promise<boolean> {
  const { revisions } = work.snapshot;
  let isPruned = false;
  for (const color of colors) {
    const held = kept.find(({ revision }) => slots[color].exists && revision === slots[color].revision);
    if (held !== undefined && (await prune(work, { color, revisions, kept, held }))) isPruned = true;
  }
  return isPruned;
}

/** Old entries do no harm: what could not be removed now is removed by a later release. */
async function tidied(log: Log, removal: Promise<void>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!isCutoverError(error)) throw error;
    log.debug(`Old revisions stay for now: ${error.message}`);
  }
}
