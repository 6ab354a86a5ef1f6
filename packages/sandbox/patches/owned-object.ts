import type { ApiObject, ManagedEntry, Metadata } from "../api-object.ts";
import { equal, isList, isObject, type Json, type JsonObject, objectAt } from "../json.ts";
import type { Applied } from "./apply.ts";
import { managedEntries, type Ownership, ownersIn } from "./managed-fields.ts";

export function ownedObject(object: ApiObject): Applied {
  return { object, owners: ownersIn(object.metadata.managedFields ?? []) };
}

/**
 * The owners from which a write by other means than apply goes on: those that the body names, or else the live ones. An
 * empty list, or one empty item, asks to forget them all.
 */
export function ownersBefore(live: ApiObject, draft: JsonObject): readonly Ownership[] {
  const named = objectAt(draft, "metadata").managedFields;
  const [first] = isList(named) ? named : [];
  if (isList(named) && (named.length === 0 || (named.length === 1 && isObject(first) && equal(first, {})))) return [];
  const entries = isList(named) && named.every(isEntry) ? named : [];
  return ownersIn(entries.length > 0 ? entries : (live.metadata.managedFields ?? []));
}

function isEntry(entry: Json): entry is ManagedEntry {
  if (!isObject(entry) || !isObject(entry.fieldsV1)) return false;
  const texts = [entry.manager, entry.apiVersion];
  return (
    texts.every((text) => typeof text === "string") && (entry.operation === "Apply" || entry.operation === "Update")
  );
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
