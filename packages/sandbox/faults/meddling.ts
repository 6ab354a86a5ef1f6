import type { ApiObject } from "../api-object.ts";
import type { Registry, Target } from "../registry.ts";

/** Deletes an object and creates it again as it was, under another uid, as a human does with `kubectl replace --force`. */
export function recreate(registry: Registry, { kind, namespace, name }: Target): ApiObject {
  const live = registry.store.get(kind, namespace, name);
  if (live === undefined) throw new Error(`there is no ${kind} ${name} to recreate`);
  registry.store.remove(kind, live);
  const { labels, annotations } = live.metadata;
  const metadata = { name, namespace, labels, annotations };
  const { status: _, ...rest } = live;
  return registry.create({ kind, namespace }, { ...rest, metadata }, { manager: "kubectl-replace" });
}
