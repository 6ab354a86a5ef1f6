import { annotation, CutoverError, canonicalJson, isCutoverError } from "@cutover/release";
import type { Client } from "../client/client.ts";
import { isUnknownResult } from "../client/lost-answer.ts";
import type { JsonPatchOperation, Metadata, Patch, Ref, Resource, WriteOptions } from "../client/model.ts";
import { fieldConflicts, statusReason } from "../client/status.ts";
import { numberOf } from "./kinds.ts";

/** The right to write: every write of a run carries it, and a higher one on an object means that somebody took over. */
export interface Claim {
  epoch: number;
}

/** Times that a write is sent again under a precondition that holds. */
const attempts = 8;

/**
 * Writes on the object as it was read: its resourceVersion is the precondition. Where only its controller has written since
 * (status, generation), the same write is sent on the newer version.
 * A lost answer is settled by the same conditional write again: whichever of the two lands first, the other can only fail.
 * @throws conflict when what people and runs write on the object has changed since it was read.
 */
export async function writeOn(client: Client, live: Resource, change: Change): Promise<Resource> {
  const { patch, dryRun = false } = typeof change === "function" ? { patch: change } : change;
  let current = live;
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.patch(refOf(live), patch(current.metadata), { dryRun });
    } catch (error) {
      if (attempt === attempts) throw error;
      if (isUnknownResult(error)) continue;
      current = await unchanged(client, live, error);
    }
  }
}

/** A patch on the version that was read; with `dryRun` the server only says what it would make. */
export type Change = PatchOn | { patch: PatchOn; dryRun: boolean };
/** Made for the version that it is sent on, whose resourceVersion is the precondition. */
type PatchOn = (current: Metadata) => Patch;

/** Creates it; where the answer is lost it is sent again, and then AlreadyExists tells that it is there. */
export async function createOn(client: Client, resource: Resource, options: WriteOptions = {}): Promise<Resource> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.create(resource, options);
    } catch (error) {
      if (attempt === attempts || !isUnknownResult(error)) throw error;
    }
  }
}

/** Deletes the object as it was read, as `writeOn` would write it; one that has gone already is fine. */
export async function deleteOn(client: Client, live: Resource): Promise<void> {
  let current = live;
  for (let attempt = 1; ; attempt++) {
    const { uid, resourceVersion } = current.metadata;
    try {
      const precondition = {
        ...(uid === undefined ? {} : { uid }),
        ...(resourceVersion === undefined ? {} : { resourceVersion }),
      };
      return await client.delete(refOf(live), { ...precondition, propagation: "Background" });
    } catch (error) {
      if (isCutoverError(error, "not-found")) return;
      if (attempt === attempts) throw error;
      if (!isUnknownResult(error)) current = await unchanged(client, live, error);
    }
  }
}

/** The object's newest version, if it is still what was read but for its status; else `error` is thrown. */
export async function unchanged(client: Client, live: Resource, error: unknown): Promise<Resource> {
  if (statusReason(error) !== "Conflict" || fieldConflicts(error).length > 0) throw error;
  const newest = await client.find(refOf(live));
  if (newest === undefined || substance(newest) !== substance(live)) throw error;
  return newest;
}

/** What people, tools and runs write on an object, as text. */
export function substance({ metadata, status: _status, ...rest }: Resource): string {
  const { uid, labels, deletionTimestamp } = metadata;
  const { "deployment.kubernetes.io/revision": _revision, ...annotations } = metadata.annotations ?? {};
  return canonicalJson({ ...rest, uid, labels, annotations, deletionTimestamp });
}

/** A JSON patch under that precondition: a resourceVersion that is not the newest any more makes the server refuse it. */
export function jsonPatchOn({ resourceVersion: value }: Metadata, operations: readonly JsonPatchOperation[]): Patch {
  return { type: "json", body: [{ op: "replace", path: "/metadata/resourceVersion", value }, ...operations] };
}

/** @throws superseded when the object carries a higher epoch than ours. */
export function checkClaim(live: Resource, claim: Claim): void {
  const seen = numberOf(live, annotation.epoch);
  if (seen === undefined || seen <= claim.epoch) return;
  throw new CutoverError(
    "superseded",
    `${live.kind} ${live.metadata.name} was claimed by a newer run (epoch ${seen}; ours is ${claim.epoch})`,
    {
      hint: "Nothing more is written by this run. Look at the newer run for the outcome.",
    },
  );
}

export function refOf({ apiVersion, kind, metadata: { name, namespace } }: Resource): Ref {
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/**
 * Operations that set annotations, also where there is none yet. The others go back as they are in the very version that the
 * write is conditional on: of an earlier one, they would undo what a controller has noted since.
 */
export function annotating(
  current: Metadata,
  annotations: Readonly<Record<string, string>>,
): readonly JsonPatchOperation[] {
  return [{ op: "add", path: "/metadata/annotations", value: { ...current.annotations, ...annotations } }];
}
