import { usedIn } from "../admission/usage.ts";
import { keyOf } from "../api-object.ts";
import { objectAt } from "../json.ts";
import type { Registry } from "../registry.ts";
import { writeStatus } from "./status-write.ts";
import { WorkQueue } from "./work-queue.ts";

/** Tells in the status of each ResourceQuota what its namespace uses. */
export function startResourceQuotaController(registry: Registry, reactionMs: number): void {
  const queue = new WorkQueue(registry.clock, reactionMs, (key) => reconcile(registry, key));
  registry.store.subscribe(({ type, kind, object }) => {
    // What only changes takes no more and no less, but for a pod that ends.
    if (type === "MODIFIED" && kind !== "Pod" && kind !== "ResourceQuota" && kind !== "Service") return;
    for (const quota of registry.store.list("ResourceQuota", object.metadata.namespace)) queue.add(keyOf(quota));
  });
}

function reconcile(registry: Registry, key: string): void {
  const [namespace = "", name = ""] = key.split("/");
  const live = registry.store.get("ResourceQuota", namespace, name);
  if (live === undefined) return;
  const hard = objectAt(live, "spec", "hard");
  writeStatus(registry, { kind: "ResourceQuota", live }, { hard, used: usedIn(registry.store, namespace, hard) });
}
