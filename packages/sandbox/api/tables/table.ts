import type { ApiObject } from "../../api-object.ts";
import type { Json, JsonObject } from "../../json.ts";
import { apiVersionOf, type Kind } from "../../kinds.ts";
import { cellsOf } from "./cells.ts";
import { columnsOf } from "./columns.ts";

/** What a row carries besides its cells. */
export type Included = "None" | "Metadata" | "Object";

export interface TableRequest {
  readonly kind: Kind;
  /** `v1` or `v1beta1` of `meta.k8s.io`. */
  readonly version: string;
  readonly include: Included;
  readonly now: Date;
}

/** The server's own view of objects, as `kubectl get` prints it. */
export function tableOf(
  { kind, version, include, now }: TableRequest,
  metadata: Json | undefined,
  objects: readonly ApiObject[],
): JsonObject {
  const rows = objects.map((object) => ({
    cells: cellsOf(kind.name, object, now),
    object: included(kind, object, { version, include }),
  }));
  const columnDefinitions = columnsOf(kind.name);
  return { kind: "Table", apiVersion: `meta.k8s.io/${version}`, metadata, columnDefinitions, rows };
}

/** An object without all but its metadata. */
export function partial(object: ApiObject, version: string): JsonObject {
  return { kind: "PartialObjectMetadata", apiVersion: `meta.k8s.io/${version}`, metadata: object.metadata };
}

function included(
  kind: Kind,
  object: ApiObject,
  { version, include }: { version: string; include: Included },
): JsonObject | null {
  if (include === "None") return null;
  return include === "Object"
    ? { ...object, kind: kind.name, apiVersion: apiVersionOf(kind) }
    : partial(object, version);
}
