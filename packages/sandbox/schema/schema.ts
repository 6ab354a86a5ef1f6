/**
 * What the server knows of a kind's fields: enough for strict decoding, merge keys of strategic patches and the
 * ownership units of server-side apply. Where `any` begins nothing is checked, objects merge by key and lists are replaced.
 */
export type Schema = Leaf | Struct | MapOf | ListOf;

export interface Leaf {
  readonly type: "text" | "whole" | "flag" | "any";
}

export interface Struct {
  readonly type: "struct";
  readonly fields: Readonly<Record<string, Schema>>;
  /** One manager owns the whole. */
  readonly atomic?: true;
  /** Present in every object, so nobody owns its existence. */
  readonly always?: true;
}

export interface MapOf {
  readonly type: "map";
  readonly of: Schema;
  readonly atomic?: true;
}

export interface ListOf {
  readonly type: "list";
  readonly of: Schema;
  /** The fields that identify an item for server-side apply; without them, and without `set`, the list is atomic. */
  readonly keys?: readonly string[];
  /** The field that identifies an item for strategic patches. */
  readonly patchKey?: string;
  /** Scalars, each owned for itself. */
  readonly set?: true;
  readonly always?: true;
}

export const text: Leaf = { type: "text" };
export const whole: Leaf = { type: "whole" };
export const flag: Leaf = { type: "flag" };
export const any: Leaf = { type: "any" };

export function struct(fields: Readonly<Record<string, Schema>>): Struct {
  return { type: "struct", fields };
}

export function mapOf(of: Schema): MapOf {
  return { type: "map", of };
}

/** A list that is replaced as a whole. */
export function listOf(of: Schema): ListOf {
  return { type: "list", of };
}

export function setOf(of: Schema): ListOf {
  return { type: "list", of, set: true };
}

/** A list whose items are known by their keys; strategic patches know them by the first. */
export function keyed(keys: readonly [string, ...string[]], of: Struct): ListOf {
  return { type: "list", of, keys, patchKey: keys[0] };
}

export function atomic<T extends Struct | MapOf>(schema: T): T {
  return { ...schema, atomic: true };
}

export function always<T extends Struct | ListOf>(schema: T): T {
  return { ...schema, always: true };
}

/** The schema below a key; `any` where the key is free or unknown. */
export function below(schema: Schema, key: string): Schema {
  if (schema.type === "struct") return schema.fields[key] ?? any;
  return schema.type === "map" ? schema.of : any;
}
