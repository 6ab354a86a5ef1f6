import { canonical, equal, isList, isObject, type Json, type JsonObject } from "../json.ts";
import { anything, below, type ListOf, type Schema } from "../schema/schema.ts";
import { type FieldSet, fieldsOf, noFields } from "./field-set.ts";

const member: FieldSet = { member: true, below: new Map() };

/** What an applied configuration claims: its leaves, and its list items. */
export function fieldsIn(schema: Schema, value: Json | undefined): FieldSet {
  if (value === undefined) return noFields;
  if (isAtomic(schema, value)) return member;
  const children = childrenOf(schema, value);
  // An empty map is owned, an empty list is not.
  if (children.size === 0) return isList(value) ? noFields : member;
  return fieldsOf(
    false,
    [...children].map(([key, child]) => {
      const set = fieldsIn(child.schema, child.value);
      return [key, isList(value) ? { member: true, below: set.below } : set];
    }),
  );
}

export interface Difference {
  /** Added or changed. */
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

/** What a write changed; containers that appear are changed themselves, unless every object has them. */
export function compare(schema: Schema, old: Json | undefined, next: Json | undefined): Difference {
  const [before, after] = [old ?? undefined, next ?? undefined];
  if (before === after) return { changed: noFields, removed: noFields };
  const present = after ?? before ?? null;
  if (isAtomic(schema, present) || (before !== undefined && after !== undefined && shape(before) !== shape(after))) {
    if (equal(before, after)) return { changed: noFields, removed: noFields };
    return after === undefined ? { changed: noFields, removed: member } : { changed: member, removed: noFields };
  }
  const was = before === undefined ? new Map<string, Child>() : childrenOf(schema, before);
  const now = after === undefined ? new Map<string, Child>() : childrenOf(schema, after);
  const keys = [...new Set([...was.keys(), ...now.keys()])].filter(
    (key) => was.get(key)?.value !== now.get(key)?.value,
  );
  const inner = keys.map((key): [string, Difference] => {
    const child = now.get(key) ?? was.get(key);
    return [key, compare(child?.schema ?? anything, was.get(key)?.value, now.get(key)?.value)];
  });
  const owned = !("always" in schema && schema.always);
  return {
    changed: fieldsOf(
      owned && before === undefined,
      inner.map(([key, sets]) => [key, sets.changed]),
    ),
    removed: fieldsOf(
      owned && after === undefined,
      inner.map(([key, sets]) => [key, sets.removed]),
    ),
  };
}

/** The value without what `dropped` says, item by item; fields of structs are named, keys of maps and items are not. */
export function withoutFields(
  schema: Schema,
  value: Json,
  dropped: (path: readonly string[], isNamed: boolean) => boolean,
): Json {
  const strip = (
    here: Schema,
    node: Json,
    { path, keys }: { path: readonly string[]; keys: readonly string[] },
  ): Json => {
    if (isAtomic(here, node)) return node;
    // An item that stays keeps its keys.
    const kept = [...childrenOf(here, node)].filter(
      ([key, { name }]) => keys.includes(name) || !dropped([...path, key], here.type === "struct"),
    );
    const ofItems = here.type === "list" ? (here.keys ?? []) : [];
    const stripped = kept.map(([key, child]) => ({
      ...child,
      value: strip(child.schema, child.value, { path: [...path, key], keys: ofItems }),
    }));
    if (isList(node)) return stripped.map((child) => child.value);
    return Object.fromEntries(stripped.map((child) => [child.name, child.value]));
  };
  return strip(schema, value, { path: [], keys: [] });
}

export interface Child {
  readonly name: string;
  readonly schema: Schema;
  readonly value: Json;
}

/** What is below a granular value, by its key in `fieldsV1`. */
export function childrenOf(schema: Schema, value: Json): Map<string, Child> {
  if (isList(value) && schema.type === "list") {
    return new Map(value.map((item) => [itemKey(schema, item), { name: "", schema: schema.of, value: item }]));
  }
  if (!isObject(value)) return new Map();
  const entries = Object.entries(value).flatMap(([name, item]): [string, Child][] =>
    item === undefined ? [] : [[`f:${name}`, { name, schema: below(schema, name), value: item }]],
  );
  return new Map(entries);
}

/** Whether one manager owns the value as a whole. */
export function isAtomic(schema: Schema, value: Json): boolean {
  if (isObject(value)) return (schema.type === "struct" || schema.type === "map") && schema.atomic === true;
  return !isList(value) || schema.type !== "list" || (schema.keys === undefined && schema.set !== true);
}

/** The key of a list item in `fieldsV1`. */
export function itemKey(schema: ListOf, item: Json): string {
  if (schema.keys === undefined || !isObject(item)) return `v:${canonical(item)}`;
  const keys: JsonObject = Object.fromEntries(schema.keys.map((key) => [key, item[key] ?? standard(key)]));
  return `k:${canonical(keys)}`;
}

/** Keys that clients may leave out have a default in the published schema. */
function standard(key: string): Json | undefined {
  return key === "protocol" ? "TCP" : undefined;
}

function shape(value: Json): string {
  return isList(value) ? "list" : isObject(value) ? "object" : "scalar";
}
