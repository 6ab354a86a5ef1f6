import { CutoverError, isCutoverError, type Log, type Observed, type Step } from "@cutover/release";
import { expiredBy } from "./attics.ts";
import { as } from "./kinds.ts";
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
  const expired = expiredBy(step, observed);
  const kept = snapshot.revisions.filter((one) => !expired.has(one.revision));
  const old = snapshot.revisions.filter((one) => expired.has(one.revision));
  const isPruned = await prune(work, step, observed);
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

/** Old entries do no harm: what could not be removed now is removed by a later release. */
async function tidied(log: Log, removal: Promise<void>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!isCutoverError(error)) throw error;
    log.debug(`Old revisions stay for now: ${error.message}`);
  }
}
