import { remove } from "../deletion.ts";
import { kinds } from "../kinds.ts";
import type { Registry } from "../registry.ts";
import { WorkQueue } from "./work-queue.ts";

/** Gives each namespace its default ServiceAccount, and empties those that end. */
export function startNamespaceController(registry: Registry, reactionMs: number): void {
  const queue = new WorkQueue(registry.clock, reactionMs, (name) => reconcile(registry, name, queue));
  registry.store.subscribe(({ kind, type, object }) => {
    if (kind === "Namespace" && type !== "DELETED") queue.add(object.metadata.name);
  });
}

function reconcile(registry: Registry, name: string, queue: WorkQueue): void {
  const namespace = registry.store.get("Namespace", undefined, name);
  if (namespace === undefined) return;
  if (namespace.metadata.deletionTimestamp === undefined) {
    if (registry.store.get("ServiceAccount", name, "default") !== undefined) return;
    registry.create(
      { kind: "ServiceAccount", namespace: name },
      { metadata: { name: "default" } },
      { manager: "kube-controller-manager" },
    );
    return;
  }
  const contents = kinds
    .filter((kind) => kind.namespaced)
    .flatMap((kind) => registry.store.list(kind.name, name).map((object) => ({ kind, object })));
  for (const { kind, object } of contents) {
    if (object.metadata.deletionTimestamp === undefined) {
      remove(registry, { kind: kind.name, namespace: name, name: object.metadata.name });
    }
  }
  if (contents.length > 0) queue.add(name);
  else if ((namespace.metadata.finalizers ?? []).length === 0) registry.store.remove("Namespace", namespace);
}
