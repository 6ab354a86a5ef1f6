/** JSON that the sandbox stores. Stored values are never changed in place. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** The object there, or an empty one. */
export function objectAt(value: Json | undefined, ...path: string[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

/** The value at a path of keys, `undefined` where the path ends early. */
export function at(value: Json | undefined, ...path: string[]): Json | undefined {
  let here = value;
  for (const key of path) here = isObject(here) ? here[key] : undefined;
  return here;
}

/** A copy with the value at a path of keys replaced; `undefined` removes it. */
export function withValue(value: JsonObject, path: readonly string[], next: Json | undefined): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return isObject(next) ? next : value;
  const { [key]: old, ...others } = value;
  const changed = rest.length === 0 ? next : withValue(isObject(old) ? old : {}, rest, next);
  return changed === undefined ? others : { ...value, [key]: changed };
}

/** As Go prints it. */
export function goText(value: Json): string {
  if (isList(value)) return `[${value.map(goText).join(" ")}]`;
  if (!isObject(value)) return value === null ? "<nil>" : String(value);
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return `map[${keys.map((key) => `${key}:${goText(value[key] ?? null)}`).join(" ")}]`;
}

/** Deep equality; a key with the value `undefined` is the same as no key. */
export function equal(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => equal(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  return Object.keys({ ...a, ...b }).every((key) => equal(a[key], b[key]));
}

/** JSON with sorted keys, as a key for maps and hashes. */
export function canonical(value: Json | undefined): string {
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const entries = Object.keys(value).filter((key) => value[key] !== undefined);
  return `{${entries
    .sort((a, b) => (a < b ? -1 : 1))
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join(",")}}`;
}
