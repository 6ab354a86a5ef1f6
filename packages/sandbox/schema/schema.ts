/**
 * What the server knows of a kind's fields: enough for strict decoding, merge keys of strategic patches and the
 * ownership units of server-side apply. Where `any` begins nothing is checked, objects merge by key and lists are replaced.
 */
export type Schema = Leaf | Struct | MapOf | ListOf;

export interface Leaf {
  readonly type: "text" | "bytes" | "whole" | "long" | "flag" | "any";
}

export interface Struct {
  readonly type: "struct";
  /** Its name in Go. */
  readonly name: string;
  readonly fields: Readonly<Record<string, Schema>>;
  /** Fields whose zero is told from nothing. */
  readonly zeros: ReadonlySet<string>;
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
/** Base64. */
export const bytes: Leaf = { type: "bytes" };
export const whole: Leaf = { type: "whole" };
export const long: Leaf = { type: "long" };
export const flag: Leaf = { type: "flag" };
export const anything: Leaf = { type: "any" };

export function struct(name: string, fields: Readonly<Record<string, Schema>>, zeros: ReadonlySet<string>): Struct {
  return { type: "struct", name, fields, zeros };
}

export function mapOf(of: Schema): MapOf {
  return { type: "map", of };
}

export function atomic<T extends Struct | MapOf>(schema: T): T {
  return { ...schema, atomic: true };
}

/** The schema below a key; `anything` where the key is free or unknown. */
export function below(schema: Schema, key: string): Schema {
  if (schema.type === "struct") return schema.fields[key] ?? anything;
  return schema.type === "map" ? schema.of : anything;
}
