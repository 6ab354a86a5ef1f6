import { canonical, isObject, type JsonObject } from "../json.ts";

/** A set of field paths as a tree; keys are those of `fieldsV1`: `f:spec`, `k:{"name":"app"}`, `v:"finalizer"`. */
export interface FieldSet {
  /** Whether the path that leads here is itself in the set. */
  readonly member: boolean;
  readonly below: ReadonlyMap<string, FieldSet>;
}

export const noFields: FieldSet = { member: false, below: new Map() };

export function isEmpty(set: FieldSet): boolean {
  return !set.member && set.below.size === 0;
}

export function fieldsOf(member: boolean, entries: Iterable<readonly [string, FieldSet]>): FieldSet {
  return { member, below: new Map([...entries].filter(([, set]) => !isEmpty(set))) };
}

/** What only one of them has stays that one's. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmpty(b)) return a;
  if (isEmpty(a)) return b;
  const below = new Map(a.below);
  for (const [key, set] of b.below) below.set(key, union(a.below.get(key) ?? noFields, set));
  return { member: a.member || b.member, below };
}

/** What is in `a` alone; `a` itself where nothing of it is in `b`. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (!meets(a, b)) return a;
  return fieldsOf(
    a.member && !b.member,
    [...a.below].map(([key, set]) => [key, difference(set, b.below.get(key) ?? noFields)]),
  );
}

function meets(a: FieldSet, b: FieldSet): boolean {
  if (a.member && b.member) return true;
  return [...a.below].some(([key, set]) => {
    const other = b.below.get(key);
    return other !== undefined && meets(set, other);
  });
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return fieldsOf(
    a.member && b.member,
    [...a.below].map(([key, set]) => [key, intersection(set, b.below.get(key) ?? noFields)]),
  );
}

/** Sets as they were last read or written: most writes leave the fields of other managers as they were. */
const writtenAs = new WeakMap<FieldSet, JsonObject>();
const readAs = new WeakMap<JsonObject, FieldSet>();

export function toFieldsV1(set: FieldSet): JsonObject {
  const known = writtenAs.get(set);
  if (known !== undefined) return known;
  const fields = written(set);
  writtenAs.set(set, fields);
  return fields;
}

/** @param fields which nobody changes any more */
export function fromFieldsV1(fields: JsonObject): FieldSet {
  const known = readAs.get(fields);
  if (known !== undefined) return known;
  const set = read(fields);
  readAs.set(fields, set);
  return set;
}

function written(set: FieldSet): JsonObject {
  const children = [...set.below].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, child]) => [key, toFieldsV1(child)]);
  const own = set.member && set.below.size > 0 ? [[".", {}]] : [];
  return Object.fromEntries([...own, ...children]);
}

function read(fields: JsonObject): FieldSet {
  const entries = Object.entries(fields).filter(([key]) => key !== ".");
  return {
    member: entries.length === 0 || fields["."] !== undefined,
    below: new Map(entries.map(([key, child]) => [key, read(isObject(child) ? child : {})])),
  };
}

/** The members as the server prints them, those of one level before those below it: `.spec.template.spec.containers[name="app"].image`. */
export function paths(set: FieldSet, prefix = ""): string[] {
  const children = [...set.below].sort(([a], [b]) => (a < b ? -1 : 1));
  const own = children.filter(([, child]) => child.member).map(([key]) => prefix + printed(key));
  return [...own, ...children.flatMap(([key, child]) => paths(child, prefix + printed(key)))];
}

/** One step of a path, as the server prints it. */
export function printed(key: string): string {
  const rest = key.slice(2);
  if (key.startsWith("f:")) return `.${rest}`;
  if (key.startsWith("v:")) return `[=${rest}]`;
  const parsed: unknown = JSON.parse(rest);
  const fields = Object.entries(isObject(parsed) ? parsed : {});
  return `[${fields.map(([name, value]) => `${name}=${canonical(value)}`).join(",")}]`;
}
