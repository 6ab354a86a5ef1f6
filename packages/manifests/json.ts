/** A JSON object as YAML or an API server gives it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether `value` is a JSON object: neither null, nor a list, nor a scalar. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether every value of the object is a string, as in labels. */
export function isStringMap(value: unknown): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every((entry) => typeof entry === "string");
}

/** Every value at `path`: keys joined by dots, `*` for each entry of a list. Nothing there is an empty answer. */
export function valuesAt(value: unknown, path: string): readonly unknown[] {
  let found: readonly unknown[] = [value];
  for (const key of path.split(".")) {
    found = found.flatMap((parent) => childrenAt(parent, key));
  }
  return found;
}

/** The first value at `path`, `undefined` if there is none. */
export function valueAt(value: unknown, path: string): unknown {
  return valuesAt(value, path)[0];
}

/** A copy with each existing value at `path` replaced; what does not exist is not made. */
export function updateAt<T>(value: T, path: string, change: (old: unknown) => unknown): T {
  // The shape is kept: only leaves change, and the caller answers for their type.
  return updateKeys(value, path.split("."), change) as T;
}

/** Orders text by its code units: the same on every machine, whatever its language. */
export function byText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function childrenAt(parent: unknown, key: string): readonly unknown[] {
  if (key === "*") return Array.isArray(parent) ? parent : [];
  return isObject(parent) && Object.hasOwn(parent, key) ? [parent[key]] : [];
}

function updateKeys(value: unknown, keys: readonly string[], change: (old: unknown) => unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return change(value);
  if (key === "*") return Array.isArray(value) ? value.map((entry) => updateKeys(entry, rest, change)) : value;
  if (!isObject(value) || !Object.hasOwn(value, key)) return value;
  return { ...value, [key]: updateKeys(value[key], rest, change) };
}
