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
  for (const key of path) {
    if (typeof found !== "object" || found === null || Array.isArray(found)) return false;
    found = (found as Readonly<Record<string, Json | undefined>>)[`f:${key}`];
  }
  return found !== undefined;
}
