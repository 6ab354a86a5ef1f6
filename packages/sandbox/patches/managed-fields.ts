import type { ManagedEntry } from "../api-object.ts";
import type { JsonObject } from "../json.ts";
import type { Schema } from "../schema/schema.ts";
import { difference, type FieldSet, fieldsOf, fromFieldsV1, isEmpty, toFieldsV1, union } from "./field-set.ts";
import { compare } from "./fields.ts";

/** Who writes, how and where. */
export interface Manager {
  readonly name: string;
  readonly operation: "Apply" | "Update";
  readonly apiVersion: string;
  readonly subresource?: string | undefined;
}

/** What one manager owns. */
export interface Ownership {
  readonly manager: Manager;
  /** None where an apply took nothing but ownership. */
  readonly time: string | undefined;
  readonly fields: FieldSet;
}

/** Who the server says wrote what nobody had owned when it was first applied. */
export const beforeFirstApply = "before-first-apply";

/** What a write by other means than apply changes in the ownership of fields. */
export function updated(
  schema: Schema,
  { before, after }: { before: JsonObject; after: JsonObject },
  { owners, manager, time }: { owners: readonly Ownership[]; manager: Manager; time: string },
): readonly Ownership[] {
  const difference_ = compare(schema, before, after);
  const changed = tracked(difference_.changed);
  if (isEmpty(changed) && isEmpty(difference_.removed)) return owners;
  const others = owners.filter((owner) => !isSame(owner.manager, manager));
  const own = owners.find((owner) => isSame(owner.manager, manager));
  const mine = difference(union(own?.fields ?? fieldsOf(false, []), changed), difference_.removed);
  const kept = others.map((owner) => lose(lose(owner, changed), difference_.removed));
  const entry = { manager, time: isEmpty(changed) ? own?.time : time, fields: mine };
  return [...kept, entry].filter((owner) => !isEmpty(owner.fields));
}

export function lose(owner: Ownership, fields: FieldSet): Ownership {
  return { ...owner, fields: difference(owner.fields, fields) };
}

export function isSame(a: Manager, b: Manager): boolean {
  return (
    a.name === b.name &&
    a.operation === b.operation &&
    (a.operation === "Apply" || a.apiVersion === b.apiVersion) &&
    (a.subresource ?? "") === (b.subresource ?? "")
  );
}

/** Of two entries of one manager the last counts. */
export function ownersIn(entries: readonly ManagedEntry[]): readonly Ownership[] {
  const owners = entries.map(
    (entry): Ownership => ({
      manager: {
        name: entry.manager,
        operation: entry.operation,
        apiVersion: entry.apiVersion,
        subresource: entry.subresource,
      },
      time: entry.time,
      fields: fromFieldsV1(entry.fieldsV1),
    }),
  );
  return owners.filter(
    (owner, index) => !owners.slice(index + 1).some((later) => isSame(later.manager, owner.manager)),
  );
}

/** In the order of the server: applies first, then by time and name. */
export function managedEntries(owners: readonly Ownership[]): readonly ManagedEntry[] {
  const rank = ({ manager, time }: Ownership): string =>
    [manager.operation, time ?? "", manager.name, manager.subresource ?? ""].join("\n");
  return owners
    .toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
    .map(({ manager, time, fields }) => ({
      manager: manager.name,
      operation: manager.operation,
      apiVersion: manager.apiVersion,
      ...(time === undefined ? {} : { time }),
      fieldsType: "FieldsV1",
      fieldsV1: toFieldsV1(fields),
      ...(manager.subresource === undefined ? {} : { subresource: manager.subresource }),
    }));
}

const serverOwned =
  "name namespace creationTimestamp selfLink uid generation managedFields resourceVersion deletionTimestamp deletionGracePeriodSeconds"
    .split(" ")
    .map((field) => `f:${field}`);

/** Without the fields that no manager can own. */
export function tracked(fields: FieldSet): FieldSet {
  const metadata = fields.below.get("f:metadata");
  const below = [...fields.below].filter(([key]) => key !== "f:apiVersion" && key !== "f:kind" && key !== "f:metadata");
  if (metadata === undefined) return fieldsOf(fields.member, below);
  const rest = [...metadata.below].filter(([key]) => !serverOwned.includes(key));
  return fieldsOf(fields.member, [...below, ["f:metadata", fieldsOf(metadata.member, rest)]]);
}
