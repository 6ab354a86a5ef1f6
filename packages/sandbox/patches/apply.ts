import { equal, isList, isObject, type Json, type JsonObject } from "../json.ts";
import { below, type Schema } from "../schema/schema.ts";
import { ApiError } from "../status.ts";
import { type FieldSet, intersection, isEmpty, noFields, paths, union } from "./field-set.ts";
import { childrenOf, compare, fieldsIn, isAtomic, withoutFields } from "./fields.ts";
import { mergedOrder } from "./list-merge.ts";
import { isSame, lose, type Manager, type Ownership, tracked } from "./managed-fields.ts";

/** An object and who owns its fields. */
export interface Applied {
  readonly object: JsonObject;
  readonly owners: readonly Ownership[];
}

export interface Intent {
  readonly manager: Manager;
  readonly config: JsonObject;
  readonly time: string;
  /** Take fields from other managers instead of refusing. */
  readonly force: boolean;
}

/**
 * Server-side apply: merges what the manager wants, and drops what only it wanted before.
 * @throws ApiError 409 with one cause per field that another manager owns with another value.
 */
export function apply(schema: Schema, { object: live, owners }: Applied, intent: Intent): Applied {
  const wanted = tracked(fieldsIn(schema, intent.config));
  const previous = owners.find((owner) => isSame(owner.manager, intent.manager));
  const others = owners.filter((owner) => owner !== previous);
  const merged = merge(schema, live, intent.config);
  const claimed = others.reduce((set, owner) => union(set, owner.fields), wanted);
  const pruned = previous === undefined ? merged : prune(schema, merged, { had: previous.fields, claimed });
  const { changed, removed } = compare(schema, live, pruned);
  const contested = others.flatMap((owner) => {
    const fields = intersection(owner.fields, changed);
    return isEmpty(fields) ? [] : [{ owner, fields }];
  });
  if (contested.length > 0 && !intent.force) throw conflicts(contested);
  const rest = others.map((owner) => lose(lose(owner, changed), removed)).filter((owner) => !isEmpty(owner.fields));
  // Where nothing but an owner changes, the server forgets to set the time.
  const time = equal(live, pruned) ? previous?.time : intent.time;
  const mine = isEmpty(wanted) ? [] : [{ manager: intent.manager, time, fields: wanted }];
  return { object: isObject(pruned) ? pruned : live, owners: [...rest, ...mine] };
}

function merge(schema: Schema, live: Json | undefined, wanted: Json): Json {
  if (isAtomic(schema, wanted)) return wanted;
  if (isList(wanted)) return isList(live) ? mergeLists(schema, live, wanted) : wanted;
  if (!isObject(wanted)) return wanted;
  const merged: Record<string, Json | undefined> = isObject(live) ? { ...live } : {};
  for (const [key, value] of Object.entries(wanted)) {
    if (value !== undefined && value !== null) merged[key] = merge(below(schema, key), merged[key], value);
  }
  return merged satisfies JsonObject;
}

function mergeLists(schema: Schema, live: readonly Json[], wanted: readonly Json[]): Json {
  const old = childrenOf(schema, live);
  const now = childrenOf(schema, wanted);
  return mergedOrder({ live: [...old.keys()], wanted: [...now.keys()] }).flatMap((key) => {
    const child = now.get(key);
    const before = old.get(key)?.value;
    return child === undefined ? (before ?? []) : merge(child.schema, before, child.value);
  });
}

function prune(schema: Schema, merged: Json, { had, claimed }: { had: FieldSet; claimed: FieldSet }): Json {
  return withoutFields(schema, merged, (path, isNamed) => has(had, path, isNamed) && !has(claimed, path, isNamed));
}

/** Who owns something in a struct has the struct; who owns something in a list's item need not have the item. */
function has(set: FieldSet, path: readonly string[], isNamed: boolean): boolean {
  let here: FieldSet | undefined = set;
  for (const key of path) here = here?.below.get(key);
  return here !== undefined && (here.member || isNamed);
}

function conflicts(contested: readonly { owner: Ownership; fields: FieldSet }[]): ApiError {
  const named = contested
    .map(({ owner, fields }) => ({ text: described(owner.manager), fields: paths(fields ?? noFields) }))
    .toSorted((a, b) => (a.text < b.text ? -1 : 1));
  const causes = named.flatMap(({ text, fields }) =>
    fields.map((field) => ({ reason: "FieldManagerConflict", message: `conflict with ${text}`, field })),
  );
  const [first] = causes;
  const list = named.map(({ text, fields }) => `conflicts with ${text}:\n${fields.map((f) => `- ${f}`).join("\n")}`);
  const message =
    causes.length === 1 && first !== undefined
      ? `Apply failed with 1 conflict: ${first.message}: ${first.field}`
      : `Apply failed with ${causes.length} conflicts: ${list.join("\n")}`;
  return new ApiError({ code: 409, reason: "Conflict" }, message, { causes });
}

function described(manager: Manager): string {
  const where = manager.subresource === undefined ? "" : ` with subresource "${manager.subresource}"`;
  const using = manager.operation === "Update" ? ` using ${manager.apiVersion}` : "";
  return `"${manager.name}"${where}${using}`;
}
