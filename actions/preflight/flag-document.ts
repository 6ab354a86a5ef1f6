/**
 * The state of a flag in the JSON that a flag service answers with, as text; `undefined` where it has none.
 * @param flag a JSON pointer (RFC 6901), or a name: a field of the document, or the `key` or `name` of an entry of a list in it
 */
export function flagIn(document: unknown, flag: string): string | undefined {
  return stateOf(flag.startsWith("/") ? pointed(document, flag) : byName(document, flag));
}

function pointed(document: unknown, pointer: string): unknown {
  const steps = pointer.slice(1).split("/");
  return steps.reduce((value, step) => field(value, step.replaceAll("~1", "/").replaceAll("~0", "~")), document);
}

/** Lists are how OFREP, Unleash and GO Feature Flag have it: whole, or below a field such as `flags` or `features`. */
function byName(document: unknown, name: string): unknown {
  const own = field(document, name);
  if (own !== undefined || !isObject(document)) return own;
  const fields = Array.isArray(document) ? [document] : Object.values(document);
  for (const inner of fields) {
    const found = Array.isArray(inner)
      ? inner.find((entry) => field(entry, "key") === name || field(entry, "name") === name)
      : field(inner, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An entry has its state in `value`, or says whether it is `enabled`. */
function stateOf(found: unknown): string | undefined {
  const state = isObject(found) && !Array.isArray(found) ? (field(found, "value") ?? field(found, "enabled")) : found;
  if (state === undefined) return undefined;
  return typeof state === "string" ? state : JSON.stringify(state);
}

function field(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
