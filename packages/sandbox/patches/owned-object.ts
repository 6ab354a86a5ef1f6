import type { ApiObject, Metadata } from "../api-object.ts";
import { equal, type JsonObject } from "../json.ts";
import type { Applied } from "./apply.ts";
import { managedEntries, type Ownership, ownersIn } from "./managed-fields.ts";

export function ownedObject(object: ApiObject): Applied {
  return { object, owners: ownersIn(object.metadata.managedFields ?? []) };
}

export function withOwners({ managedFields: _, ...metadata }: Metadata, owners: readonly Ownership[]): Metadata {
  // The rest of a Metadata without an optional field is one.
  const bare = metadata as Metadata;
  return owners.length === 0 ? bare : { ...bare, managedFields: managedEntries(owners) };
}

/** A write that changes nothing is none, even if it would touch the times of field managers. */
export function sameButForTimes(live: ApiObject, next: ApiObject): boolean {
  return equal(timeless(live), timeless(next));
}

function timeless(object: ApiObject): JsonObject {
  const managedFields = (object.metadata.managedFields ?? []).map((entry) => ({ ...entry, time: "" }));
  return { ...object, metadata: { ...object.metadata, managedFields } };
}
