import { equal, isList, isObject, type Json, type JsonObject } from "../json.ts";
import { below, type Schema } from "../schema/schema.ts";

/** Kubernetes' strategic merge: lists whose items have a merge key are merged by it, `$patch` directives are followed. */
export function strategicMerge(schema: Schema, target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const { $patch: directive, $retainKeys: retained, ...changes } = patch;
  if (directive === "replace") return changes;
  const merged: Record<string, Json | undefined> = isObject(target) && directive !== "delete" ? { ...target } : {};
  const dropped = isList(retained) ? Object.keys(merged).filter((key) => !retained.includes(key)) : [];
  for (const key of dropped) delete merged[key];
  for (const [key, value] of Object.entries(changes)) {
    const field = key.replace(/^\$(setElementOrder|deleteFromPrimitiveList)\//, "");
    if (value === null || value === undefined) delete merged[key];
    else if (key.startsWith("$deleteFromPrimitiveList/")) merged[field] = without(merged[field], value);
    else if (key.startsWith("$setElementOrder/")) continue;
    else merged[key] = mergeField(below(schema, key), merged[key], value);
  }
  for (const [key, order] of Object.entries(changes)) {
    const field = key.replace(/^\$setElementOrder\//, "");
    if (field !== key) merged[field] = ordered(below(schema, field), merged[field], order);
  }
  return merged satisfies JsonObject;
}

function mergeField(schema: Schema, target: Json | undefined, value: Json): Json {
  if (!isList(value) || schema.type !== "list") return strategicMerge(schema, target, value);
  if (schema.set) return [...new Set([...(isList(target) ? target : []), ...value])];
  return schema.patchKey === undefined ? value : mergeItems(schema.of, schema.patchKey, { target, patch: value });
}

function mergeItems(
  schema: Schema,
  mergeKey: string,
  { target, patch }: { target: Json | undefined; patch: readonly Json[] },
): Json {
  const replaces = patch.some((item) => isObject(item) && item.$patch === "replace" && item[mergeKey] === undefined);
  let items = isList(target) && !replaces ? [...target] : [];
  for (const change of patch) {
    if (!isObject(change) || change[mergeKey] === undefined) continue;
    const index = items.findIndex((item) => isObject(item) && equal(item[mergeKey], change[mergeKey]));
    if (change.$patch === "delete") items = items.filter((_, position) => position !== index);
    else if (index < 0) items.push(strategicMerge(schema, undefined, change));
    else items[index] = strategicMerge(schema, items[index], change);
  }
  const mine = patch.map((change) => (isObject(change) ? change[mergeKey] : undefined));
  return interleaved(items, { before: isList(target) ? target : [], mergeKey, mine });
}

/** Items of the patch come in its order; the others stay in front of those that they were in front of. */
function interleaved(
  items: readonly Json[],
  { before, mergeKey, mine }: { before: readonly Json[]; mergeKey: string; mine: readonly (Json | undefined)[] },
): Json {
  const keyOf = (item: Json | undefined): Json | undefined => (isObject(item) ? item[mergeKey] : undefined);
  const place = (item: Json): number => before.findIndex((old) => equal(keyOf(old), keyOf(item)));
  const isMine = (item: Json): boolean => mine.some((value) => equal(value, keyOf(item)));
  const others = items.filter((item) => !isMine(item));
  const patched = items
    .filter(isMine)
    .toSorted((a, b) => mine.findIndex((k) => equal(k, keyOf(a))) - mine.findIndex((k) => equal(k, keyOf(b))));
  const merged: Json[] = [];
  for (const item of patched) {
    while (others[0] !== undefined && place(item) >= 0 && place(others[0]) < place(item))
      merged.push(...others.splice(0, 1));
    merged.push(item);
  }
  return [...merged, ...others];
}

/** Items named in `order` come in that order; the others keep their place behind them. */
function ordered(schema: Schema, items: Json | undefined, order: Json | undefined): Json | undefined {
  if (!isList(items) || !isList(order) || schema.type !== "list") return items;
  const mergeKey = schema.patchKey;
  const rank = (item: Json): number => {
    const index = order.findIndex((wanted) =>
      mergeKey !== undefined && isObject(wanted) && isObject(item)
        ? equal(wanted[mergeKey], item[mergeKey])
        : equal(wanted, item),
    );
    return index < 0 ? order.length : index;
  };
  return items.toSorted((a, b) => rank(a) - rank(b));
}

function without(items: Json | undefined, dropped: Json): Json | undefined {
  if (!isList(items) || !isList(dropped)) return items;
  return items.filter((item) => !dropped.some((value) => equal(value, item)));
}
