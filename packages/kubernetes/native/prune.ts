import { annotation, isCutoverError } from "@cutover/release";
import type { Resource } from "../client/model.ts";
import { checkClaim, deleteOn, refOf } from "./conditional.ts";
import { annotationOf, as, nameOf } from "./kinds.ts";
import { type Attic, isUsedElsewhere, leftovers } from "./leftovers.ts";
import { ownManager } from "./owners.ts";
import { collectionOf } from "./snapshot.ts";
import type { Work } from "./work.ts";

/**
 * Deletes what releases have made for one color and nothing needs any more; whether anything was. What could not be deleted does
 * no harm, and is told: the release is over by then.
 * @throws superseded when a newer run has written one of them
 */
export async function prune(work: Work, attic: Attic): Promise<boolean> {
  const left = leftovers(attic);
  if (left.length === 0) return false;
  const { log } = work.setting;
  try {
    const unused = await unusedOf(work, attic, left);
    const deleted = await Promise.all(unused.map((object) => remove(work, object)));
    return deleted.includes(true);
  } catch (error) {
    if (!isCutoverError(error) || error.code === "superseded") throw error;
    log.warning(
      `${left.map(nameOf).join(", ")} may be left over from older releases of ${attic.color}: ${error.message}`,
    );
    return false;
  }
}

async function unusedOf(
  { setting: { client, namespace, service }, snapshot }: Work,
  { color, held }: Attic,
  left: readonly Resource[],
): Promise<readonly Resource[]> {
  const [revisions, deployments] = await Promise.all([
    client.list({
      ...collectionOf("ControllerRevision", namespace),
      labelSelector: `${annotation.service},${annotation.service}!=${service}`,
    }),
    client.list(collectionOf("Deployment", namespace)),
  ]);
  const others = revisions.items.map((one) => as("ControllerRevision", one));
  // The slot that is about to go needs nothing any more.
  const going = held === undefined ? snapshot.deployments[color]?.metadata.uid : undefined;
  const live = deployments.items.filter(({ metadata: { uid } }) => uid !== going).map((one) => as("Deployment", one));
  return left.filter((object) => !isUsedElsewhere(object, others, live));
}

async function remove({ setting: { client, log }, claim }: Work, object: Resource): Promise<boolean> {
  const name = nameOf(object);
  try {
    const live = await client.find(refOf(object));
    if (live === undefined || live.metadata.deletionTimestamp !== undefined) return false;
    const hand = otherHand(live);
    if (hand !== undefined) {
      log.info(`${name} stays though no slot needs it: ${hand}`);
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

/** Who else has to do with an object; nobody with one that only releases have written. */
function otherHand(live: Resource): string | undefined {
  const { managedFields = [], ownerReferences = [] } = live.metadata;
  if (annotationOf(live, annotation.epoch) === undefined) return "it bears no mark of a release";
  const [owner] = ownerReferences;
  if (owner !== undefined) return `it belongs to ${owner.kind} ${owner.name}`;
  const other = managedFields.find(({ manager, subresource }) => subresource !== "status" && manager !== ownManager);
  return other === undefined ? undefined : `${other.manager} has written it too`;
}
