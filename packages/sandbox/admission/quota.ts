import { type JsonObject, objectAt } from "../json.ts";
import type { Kind } from "../kinds.ts";
import { forbidden } from "../status.ts";
import type { Store } from "../store.ts";
import { amountOf, totalText } from "./amounts.ts";
import { type Usage, unspecified, usageOf, usedIn } from "./usage.ts";

/**
 * Refuses a new object that a ResourceQuota has no room for. Quotas with scopes are not looked at.
 * @throws ApiError 403
 */
export function checkQuotas(store: Store, kind: Kind, object: JsonObject): void {
  const { namespace, name } = objectAt(object, "metadata");
  if (typeof namespace !== "string") return;
  const asked = usageOf(kind, object);
  for (const quota of store.list("ResourceQuota", namespace)) {
    const { hard, scopes, scopeSelector } = objectAt(quota, "spec");
    if (scopes !== undefined || scopeSelector !== undefined) continue;
    const limits = objectAt(hard);
    const missing = kind.name === "Pod" ? unspecified(object, limits) : [];
    const refuse = (why: string) => forbidden(kind, String(name), why);
    if (missing.length > 0) throw refuse(`failed quota: ${quota.metadata.name}: must specify ${missing.join("; ")}`);
    const used = usedIn(store, namespace, limits);
    const exceeded = Object.keys(limits)
      .filter((one) => asked[one] !== undefined && isOver(asked[one], used[one], limits[one]))
      .toSorted((a, b) => (a < b ? -1 : 1));
    if (exceeded.length === 0) continue;
    const list = (of: Usage | JsonObject): string => exceeded.map((one) => `${one}=${String(of[one])}`).join(",");
    const amounts = `requested: ${list(asked)}, used: ${list(used)}, limited: ${list(limits)}`;
    throw refuse(`exceeded quota: ${quota.metadata.name}, ${amounts}`);
  }
}

function isOver(asked: string, used = "0", limit: unknown): boolean {
  return amountOf(totalText([asked, used])) > amountOf(limit);
}
