import { CutoverError, expiredRevisions, isCutoverError, type Log, type Observed, type Step } from "@cutover/release";
import { as } from "./kinds.ts";
import { forgetRevisions, markRevision } from "./revisions.ts";
import type { Done, Work } from "./work.ts";

/** Writes on the revision how its release ended, and forgets revisions that nobody can go back to any more. */
export async function mark(
  { setting, snapshot }: Work,
  step: Extract<Step, { kind: "mark" }>,
  observed: Observed,
): Promise<Done> {
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
  const marked = as(
    "ControllerRevision",
    await markRevision(client, entry, { result: step.result, service: snapshot.service }),
  );
  log.info(`Revision ${step.revision} is ${step.result}`);
  const history = observed.history.map((one) =>
    one.revision === step.revision ? { ...one, result: step.result } : one,
  );
  const expired = new Set(expiredRevisions(history, observed.service.revision).map((one) => one.revision));
  await tidied(
    log,
    forgetRevisions(
      client,
      snapshot.revisions.filter((one) => expired.has(one.revision)),
    ),
  );
  const kept = snapshot.revisions.filter((one) => !expired.has(one.revision));
  return { evidence: {}, snapshot: { ...snapshot, revisions: kept.map((one) => (one === entry ? marked : one)) } };
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
