import type { Json, Resource } from "../client/model.ts";

/** Who wrote a field, as the API server has noted it. */
export interface Owner {
  manager: string;
  /** ISO 8601, to the second; the server's. */
  time: string | undefined;
}

/** The managers that own the field at `path` (`spec`, `replicas`) or anything in it, the latest first. Status is nobody's word. */
export function ownersOf({ metadata: { managedFields = [] } }: Resource, path: readonly string[]): readonly Owner[] {
  return managedFields
    .filter(({ subresource, fieldsV1 }) => subresource !== "status" && owns(fieldsV1, path))
    .map(({ manager, time }) => ({ manager, time }))
    .toSorted((one, other) => rank(other).localeCompare(rank(one)));
}

/** `kubectl-patch (2026-01-31T12:00:00Z)` */
export function describeOwner({ manager, time }: Owner): string {
  return time === undefined ? manager : `${manager} (${time})`;
}

/** Within one second it is somebody else who is of interest. */
function rank({ manager, time = "" }: Owner): string {
  return `${time} ${manager === ownManager ? 0 : 1}`;
}

/** The name under which all of cutover's writes stand. */
export const ownManager = "cutover";

function owns(fields: Json | undefined, path: readonly string[]): boolean {
  let found: Json | undefined = fields;
  for (const key of path) found = fieldsIn(found)[`f:${key}`];
  return found !== undefined;
}

/** A field that somebody owned. */
export interface TakenField {
  readonly manager: string;
  /** `.spec.template.spec.containers[name="app"].image` */
  readonly field: string;
}

/** What others owned of an object before a write of ours, and own no more after it. */
export function takenFields(before: Resource, after: Resource): readonly TakenField[] {
  const others = (before.metadata.managedFields ?? []).filter(
    ({ manager, subresource }) => manager !== ownManager && subresource !== "status",
  );
  return others.flatMap((entry) => {
    const { manager, operation, subresource } = entry;
    const kept = after.metadata.managedFields?.find(
      (one) => one.manager === manager && one.operation === operation && one.subresource === subresource,
    );
    return lostFields(entry.fieldsV1, kept?.fieldsV1).map((field) => ({ manager, field }));
  });
}

/** Paths of the leaves that are in the first set of fields alone. */
function lostFields(before: Json | undefined, after: Json | undefined): readonly string[] {
  const [had, has] = [fieldsIn(before), fieldsIn(after)];
  return Object.keys(had).flatMap((key) => {
    if (key === ".") return [];
    const inner = Object.keys(fieldsIn(had[key])).filter((one) => one !== ".");
    if (inner.length === 0) return key in has ? [] : [spelled(key)];
    return lostFields(had[key], has[key]).map((rest) => spelled(key) + rest);
  });
}

function fieldsIn(fields: Json | undefined): Readonly<Record<string, Json | undefined>> {
  const isObject = typeof fields === "object" && fields !== null && !Array.isArray(fields);
  return isObject ? (fields as Readonly<Record<string, Json | undefined>>) : {};
}

/** As conflicts name fields: `.image` for `f:image`, `[name="app"]` for an item by its key. */
function spelled(key: string): string {
  const [, kind, rest = ""] = /^(\w):(.*)$/s.exec(key) ?? [];
  if (kind === "f") return `.${rest}`;
  if (kind !== "k") return `[${rest}]`;
  const keys: Readonly<Record<string, Json>> = JSON.parse(rest);
  return `[${Object.entries(keys)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(",")}]`;
}
