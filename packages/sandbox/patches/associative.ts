import { isList, isObject, type Json } from "../json.ts";
import { below, type ListOf, type Schema } from "../schema/schema.ts";
import { printed } from "./field-set.ts";
import { itemKey } from "./fields.ts";

/**
 * What keeps a configuration from being applied: two items with one key. In the words of
 * sigs.k8s.io/structured-merge-diff; `undefined` where nothing does.
 */
export function keyFault(schema: Schema, value: Json, path = ""): string | undefined {
  if (isList(value)) return schema.type === "list" ? listFault(schema, value, path) : undefined;
  if (!isObject(value)) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const fault = item === undefined ? undefined : keyFault(below(schema, key), item, `${path}.${key}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function listFault(schema: ListOf, items: readonly Json[], path: string): string | undefined {
  if (schema.keys === undefined && !schema.set) return undefined;
  const seen = new Set<string>();
  for (const item of items) {
    const key = itemKey(schema, item);
    if (seen.has(key)) return `${path}: duplicate entries for key ${printed(key)}`;
    seen.add(key);
    const fault = keyFault(schema.of, item, `${path}${printed(key)}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
