import { equal, goText, isList, isObject, type Json, type JsonObject } from "../json.ts";
import { below, type Schema } from "../schema/schema.ts";
import { ApiError } from "../status.ts";
import { inOrder } from "./element-order.ts";

type Fields = Record<string, Json | undefined>;

const orderMark = "$setElementOrder/";
const deletionMark = "$deleteFromPrimitiveList/";

/**
 * Kubernetes' strategic merge: lists whose items have a merge key are merged by it, directives are followed
 * (k8s.io/apimachinery/pkg/util/strategicpatch).
 * @throws ApiError 500 for a directive that nobody knows and for an item without its merge key, as the real server does
 */
export function strategicMerge(schema: Schema, target: JsonObject, patch: JsonObject): JsonObject {
  const { $patch: directive, $retainKeys: retained, ...changes } = patch;
  if (directive !== undefined) return directed(directive, patch, changes);
  const merged: Fields = isList(retained) ? retainedOf(target, { retained, changes }) : { ...target };
  const ordered = Object.keys(changes).filter((key) => key.startsWith(orderMark));
  const inOrders = new Set(ordered.flatMap((key) => [key, key.slice(orderMark.length)]));
  for (const key of ordered) {
    const field = key.slice(orderMark.length);
    mergeOrdered(below(schema, field), merged, { field, patch: changes[field], order: changes[key] ?? null });
  }
  for (const [key, value] of Object.entries(changes)) {
    if (inOrders.has(key) || value === undefined) continue;
    if (key.startsWith(deletionMark)) removeItems(merged, key.slice(deletionMark.length), value);
    else if (value === null) delete merged[key];
    else set(merged, key, mergeField(below(schema, key), merged[key], value));
  }
  return merged;
}

function directed(directive: Json, patch: JsonObject, changes: JsonObject): JsonObject {
  if (directive === "replace") return changes;
  if (directive === "delete") return {};
  throw refused(`unknown patch type: ${goText(directive)} in map: ${goText(patch)}`);
}

function retainedOf(
  target: JsonObject,
  { retained, changes }: { retained: readonly Json[]; changes: JsonObject },
): Fields {
  const isForeign = ([key, value]: [string, Json | undefined]): boolean =>
    value !== null && !key.startsWith("$") && !retained.includes(key);
  if (Object.entries(changes).some(isForeign)) throw refused("invalid patch format of retainKeys");
  return Object.fromEntries(Object.entries(target).filter(([key]) => retained.includes(key)));
}

function removeItems(merged: Fields, field: string, dropped: Json): void {
  const items = merged[field];
  if (!isList(items) || !isList(dropped)) return;
  merged[field] = items.filter((item) => !dropped.some((value) => equal(value, item)));
}

function set(merged: Fields, key: string, value: Json | undefined): void {
  if (value === undefined) delete merged[key];
  else merged[key] = value;
}

/** What a field becomes; `undefined` where nothing is left of it. */
function mergeField(schema: Schema, target: Json | undefined, patch: Json): Json | undefined {
  if (isObject(target) && isObject(patch)) return strategicMerge(schema, target, patch);
  if (isList(target) && isList(patch)) return mergeList(schema, target, patch);
  return withoutDirectives(patch);
}

/** Something new is taken as it is, but what carries a directive is not taken, and nulls name nothing. */
function withoutDirectives(patch: Json): Json | undefined {
  if (isList(patch)) return patch.flatMap((item) => withoutDirectives(item) ?? []);
  if (!isObject(patch)) return patch;
  if (patch.$patch !== undefined) return undefined;
  const kept = Object.entries(patch).flatMap(([key, value]) => {
    const item = value === null || value === undefined ? undefined : withoutDirectives(value);
    return item === undefined ? [] : [[key, item]];
  });
  return Object.fromEntries(kept);
}

function mergeList(schema: Schema, target: readonly Json[], patch: readonly Json[]): Json {
  if (schema.type !== "list" || (schema.patchKey === undefined && !schema.set)) return patch;
  if (target.length === 0 && patch.length === 0) return target;
  if (schema.patchKey === undefined) {
    const both = [...target, ...patch];
    const unique = both.filter((item, index) => both.findIndex((other) => equal(other, item)) === index);
    return inOrder(unique, { patchOrder: patch, serverOrder: target, mergeKey: undefined });
  }
  return mergeItems(schema.of, schema.patchKey, { target, patch });
}

function mergeItems(
  schema: Schema,
  mergeKey: string,
  { target, patch }: { target: readonly Json[]; patch: readonly Json[] },
): Json {
  const special = patch.filter((item) => isObject(item) && item.$patch !== undefined);
  const plain = patch.filter((item) => !special.includes(item));
  let items = [...target];
  for (const item of special) {
    const directive = isObject(item) ? item.$patch : undefined;
    if (directive === "delete") {
      const key = keyIn(item, mergeKey);
      items = items.filter((old) => !(isObject(old) && equal(old[mergeKey], key)));
    } else if (directive !== "replace") {
      throw refused(`unknown patch type: ${goText(directive ?? null)} in map: ${goText(item)}`);
    }
  }
  if (special.some((item) => isObject(item) && item.$patch === "replace")) return plain;
  const before = items;
  items = [...before];
  for (const change of plain) {
    const key = keyIn(change, mergeKey);
    const index = items.findIndex((item) => isObject(item) && equal(item[mergeKey], key));
    const old = items[index];
    if (isObject(old) && isObject(change)) items[index] = strategicMerge(schema, old, change);
    else items.push(change);
  }
  return inOrder(items, { patchOrder: plain, serverOrder: before, mergeKey });
}

function keyIn(item: Json, mergeKey: string): Json {
  const key = isObject(item) ? item[mergeKey] : undefined;
  if (key === undefined) throw refused(`map: ${goText(item)} does not contain declared merge key: ${mergeKey}`);
  return key;
}

function mergeOrdered(
  schema: Schema,
  merged: Fields,
  { field, patch, order }: { field: string; patch: Json | undefined; order: Json },
): void {
  const target = merged[field];
  if ((!isList(target) && !isList(patch)) || !isList(order)) return;
  const items = isList(patch) ? mergeField(schema, target, patch) : target;
  if (!isList(items)) return;
  const mergeKey = schema.type === "list" ? schema.patchKey : undefined;
  merged[field] = inOrder(items, { patchOrder: order, serverOrder: isList(target) ? target : [], mergeKey });
}

function refused(message: string): ApiError {
  return new ApiError({ code: 500, reason: "" }, message);
}
