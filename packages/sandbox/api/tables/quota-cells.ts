import type { ApiObject } from "../../api-object.ts";
import { at, type Json, objectAt } from "../../json.ts";
import { age } from "./age.ts";
import { sorted } from "./text.ts";

/** The row of a ResourceQuota: what is used of what there is. */
export function quotaCells(quota: ApiObject, now: Date): Json[] {
  const hard = objectAt(quota, "status", "hard");
  const shares = (areLimits: boolean): string =>
    sorted(Object.keys(hard))
      .filter((name) => name.startsWith("limits.") === areLimits)
      .map((name) => `${name}: ${String(at(quota, "status", "used", name) ?? "0")}/${String(hard[name])}`)
      .join(", ");
  return [quota.metadata.name, shares(false), shares(true), age(quota.metadata.creationTimestamp, now)];
}
