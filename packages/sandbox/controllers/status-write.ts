import { equal, type Json, type JsonObject } from "../json.ts";
import type { KindName, ObjectsByKind } from "../kinds.ts";
import type { Registry } from "../registry.ts";
import { manager } from "./owned-pod.ts";

/** Writes a status, unless it says nothing new, which is the usual case and costs nothing. */
export function writeStatus<K extends KindName>(
  registry: Registry,
  { kind, live }: { kind: K; live: ObjectsByKind[K] & { readonly status?: Json } },
  status: JsonObject,
): ObjectsByKind[K] {
  if (equal(live.status, status)) return live;
  const { namespace, name } = live.metadata;
  const change = (current: ObjectsByKind[K]): JsonObject => ({ ...current, status });
  return registry.update({ kind, namespace, name }, change, { manager, subresource: "status" });
}
