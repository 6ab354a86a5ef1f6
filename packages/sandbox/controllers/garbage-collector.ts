import type { ApiObject } from "../api-object.ts";
import { remove } from "../deletion.ts";
import { kinds } from "../kinds.ts";
import type { Registry } from "../registry.ts";
import { WorkQueue } from "./work-queue.ts";

/** Removes what has lost all its owners, and lets foreground deletions end when their dependents are gone. */
export function startGarbageCollector(registry: Registry, reactionMs: number): void {
  const queue = new WorkQueue(registry.clock, reactionMs, () => collect(registry));
  registry.store.subscribe(({ type, object }) => {
    const isOwned = (object.metadata.ownerReferences ?? []).length > 0;
    if (type === "DELETED" || object.metadata.deletionTimestamp !== undefined || (type === "ADDED" && isOwned)) {
      queue.add("all");
    }
  });
}

function collect(registry: Registry): void {
  const all = kinds.flatMap(({ name }) => registry.store.list(name));
  const byUid = new Map(all.map((object) => [object.metadata.uid, object]));
  const dependents = new Map<string, ApiObject[]>();
  for (const object of all) {
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      dependents.set(uid, [...(dependents.get(uid) ?? []), object]);
    }
  }
  for (const object of all) {
    const owners = object.metadata.ownerReferences ?? [];
    const living = owners.filter(({ uid }) => byUid.get(uid) !== undefined && !isForeground(byUid.get(uid)));
    // Nothing depends on a pod.
    const isAwaited = object.kind !== "Pod" && owners.some(({ uid }) => isForeground(byUid.get(uid)));
    if (owners.length > 0 && living.length === 0) drop(registry, object, isAwaited ? "Foreground" : "Background");
    if (isForeground(object)) finish(registry, object, dependents.get(object.metadata.uid) ?? []);
  }
}

/** What its owner waits for goes the same way, so that the owner outlives it all. */
function drop(registry: Registry, object: ApiObject, propagation: "Foreground" | "Background"): void {
  if (object.metadata.deletionTimestamp !== undefined) return;
  const { namespace, name } = object.metadata;
  const kind = kinds.find((candidate) => candidate.name === object.kind);
  if (kind !== undefined) remove(registry, { kind: kind.name, namespace, name }, { propagation });
}

function finish(registry: Registry, object: ApiObject, dependents: readonly ApiObject[]): void {
  const kind = kinds.find((candidate) => candidate.name === object.kind);
  const blocks = ({ metadata }: ApiObject): boolean =>
    (metadata.ownerReferences ?? []).some(
      ({ uid, blockOwnerDeletion }) => uid === object.metadata.uid && blockOwnerDeletion,
    );
  if (kind === undefined || dependents.some(blocks)) return;
  const { namespace, name, finalizers = [] } = object.metadata;
  const rest = finalizers.filter((finalizer) => finalizer !== "foregroundDeletion");
  const change = (live: ApiObject) => ({ ...live, metadata: { ...live.metadata, finalizers: rest } });
  registry.update({ kind: kind.name, namespace, name }, change, { manager: "kube-controller-manager" });
}

function isForeground(object: ApiObject | undefined): boolean {
  return (
    object?.metadata.finalizers?.includes("foregroundDeletion") === true &&
    object.metadata.deletionTimestamp !== undefined
  );
}
