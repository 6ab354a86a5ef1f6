import { annotation, isCutoverError, type Observed, type Step } from "@cutover/release";
import type { Resource } from "../client/model.ts";
import { atticsOf, type Records } from "./attics.ts";
import { checkClaim, deleteOn, refOf } from "./conditional.ts";
import { annotationOf, as, nameOf } from "./kinds.ts";
import { type Attic, isUsedElsewhere, leftovers } from "./leftovers.ts";
import { ownManager } from "./owners.ts";
import { type Recorded, readRecorded } from "./revisions.ts";
import { collectionOf, type Snapshot } from "./snapshot.ts";
import type { Work } from "./work.ts";

/**
 * Deletes what releases have made for one color and nothing needs any more from this step on; whether anything was. What could not
 * be deleted does no harm, and is told: the release is over by then.
 * @throws superseded when a newer run has written one of them
 */
export async function prune(work: Work, step: Step, observed: Observed): Promise<boolean> {
  let isPruned = false;
  for (const attic of atticsOf(step, observed, recordsOf(work.snapshot))) {
    if (await emptied(work, attic)) isPruned = true;
  }
  return isPruned;
}

async function emptied(work: Work, attic: Attic): Promise<boolean> {
  const left = leftovers(attic);
  try {
    const unused = await unusedOf(work, attic, left);
    const deleted = await Promise.all(unused.map((object) => remove(work, object)));
    return deleted.includes(true);
  } catch (error) {
    if (!isCutoverError(error) || error.code === "superseded") throw error;
    work.setting.log.warning(
      `${left.map(nameOf).join(", ")} may be left over from older releases of ${attic.color}: ${error.message}`,
    );
    return false;
  }
}

/** What a run would delete with this step of its plan, or leave though no slot needs it: a line each, with the reason. */
export async function rehearsePrune(work: Work, step: Step, observed: Observed): Promise<readonly string[]> {
  const { source } = work.setting;
  // The walk gives the release a number that the history does not know yet.
  const records = recordsOf(work.snapshot, source.kind === "manifests" ? source : undefined);
  const told = atticsOf(step, observed, records).map(async (attic) => {
    const left = leftovers(attic);
    try {
      const unused = await unusedOf(work, attic, left);
      const lines = await Promise.all(unused.map((object) => foretold(work, object, whyDeleted(attic, observed))));
      return lines.filter((line) => line !== undefined);
    } catch (error) {
      if (!isCutoverError(error)) throw error;
      return [`May delete ${left.map(nameOf).join(", ")}, which could not be looked at: ${error.message}`];
    }
  });
  return (await Promise.all(told)).flat();
}

async function foretold({ setting: { client } }: Work, object: Resource, why: string): Promise<string | undefined> {
  const live = await found(client, object);
  if (live === undefined) return undefined;
  const hand = otherHand(live);
  return hand === undefined ? `Deletes ${nameOf(object)}, ${why}` : stays(object, hand);
}

function whyDeleted({ color, held }: Attic, { slots }: Observed): string {
  const slot = `Deployment ${slots[color].deployment}`;
  const reason = held === undefined ? `${slot} goes` : `revision ${slots[color].revision} in ${slot} is without it`;
  return `which releases made for ${color} alone: ${reason}`;
}

function recordsOf({ revisions }: Snapshot, coming?: Recorded): Records {
  return (revision) => {
    const entry = revisions.find((one) => one.revision === revision);
    return entry === undefined ? coming : readRecorded(entry);
  };
}

async function unusedOf(
  { setting: { client, namespace, service }, snapshot }: Work,
  { color, held }: Attic,
  left: readonly Resource[],
): Promise<readonly Resource[]> {
  if (left.length === 0) return [];
  const [revisions, deployments] = await Promise.all([
    client.list({
      ...collectionOf("ControllerRevision", namespace),
      labelSelector: `${annotation.service},${annotation.service}!=${service}`,
    }),
    client.list(collectionOf("Deployment", namespace)),
  ]);
  const others = revisions.items.map((one) => as("ControllerRevision", one));
  // The slot itself counts as what it is going to be.
  const slot = snapshot.deployments[color]?.metadata.uid;
  const coming = held?.kind === "manifests" ? [held.rendered[color].deployment] : [];
  const living = deployments.items.filter(({ metadata: { uid } }) => uid !== slot);
  const using = [...living, ...coming].map((one) => as("Deployment", one));
  return left.filter((object) => !isUsedElsewhere(object, others, using));
}

async function remove({ setting: { client, log }, claim }: Work, object: Resource): Promise<boolean> {
  const name = nameOf(object);
  try {
    const live = await found(client, object);
    if (live === undefined) return false;
    const hand = otherHand(live);
    if (hand !== undefined) {
      log.info(stays(object, hand));
      return false;
    }
    checkClaim(live, claim);
    await deleteOn(client, live);
    log.info(`Deleted ${name}, which no slot needs any more`);
    return true;
  } catch (error) {
    if (!isCutoverError(error) || error.code === "superseded") throw error;
    log.warning(`${name} is left over from an older release and could not be deleted: ${error.message}`);
    return false;
  }
}

async function found(client: Work["setting"]["client"], object: Resource): Promise<Resource | undefined> {
  const live = await client.find(refOf(object));
  return live?.metadata.deletionTimestamp === undefined ? live : undefined;
}

function stays(object: Resource, hand: string): string {
  return `${nameOf(object)} stays though no slot needs it: ${hand}`;
}

/** Who else has to do with an object; nobody with one that only releases have written. */
function otherHand(live: Resource): string | undefined {
  const { managedFields = [], ownerReferences = [] } = live.metadata;
  if (annotationOf(live, annotation.epoch) === undefined) return "it bears no mark of a release";
  const [owner] = ownerReferences;
  if (owner !== undefined) return `it belongs to ${owner.kind} ${owner.name}`;
  const other = managedFields.find(({ manager, subresource }) => subresource !== "status" && manager !== ownManager);
  return other === undefined ? undefined : `${other.manager} has written it too`;
}
