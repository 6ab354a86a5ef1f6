import type { ApiObject, OwnerReference } from "../api-object.ts";
import { remove } from "../deletion.ts";
import { equal } from "../json.ts";
import type { KindName } from "../kinds.ts";
import type { Registry, Target } from "../registry.ts";
import type { Change } from "../store.ts";
import { manager } from "./owned-pod.ts";
import { WorkQueue } from "./work-queue.ts";

/** Removes what has lost all its owners, and lets foreground deletions end when their dependents are gone. */
export function startGarbageCollector(registry: Registry, reactionMs: number): void {
  const collector = new Collector(registry);
  const queue = new WorkQueue(registry.clock, reactionMs, (uid) => collector.visit(uid));
  registry.store.subscribe((change) => {
    for (const uid of collector.note(change)) queue.add(uid);
  });
}

/** Who depends on whom, by uid. */
class Collector {
  readonly #registry: Registry;
  readonly #places = new Map<string, Target>();
  readonly #dependents = new Map<string, Set<string>>();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** @returns the uids that are to be visited */
  note({ type, kind, object, previous }: Change): string[] {
    const { uid, namespace, name } = object.metadata;
    const owners = ownersOf(object);
    const isMoved = !equal(owners, previous === undefined ? [] : ownersOf(previous));
    if (isMoved) this.#move(uid, previous === undefined ? [] : ownersOf(previous), owners);
    const dependents = (): string[] => [...(this.#dependents.get(uid) ?? [])];
    if (type === "DELETED") {
      this.#places.delete(uid);
      this.#move(uid, owners, []);
      return [...dependents(), ...owners.map((owner) => owner.uid)];
    }
    this.#places.set(uid, { kind, namespace, name });
    if (isForeground(object) && !isForeground(previous)) return [uid, ...dependents()];
    return isMoved ? [uid] : [];
  }

  visit(uid: string): void {
    const object = this.#object(uid);
    if (object === undefined) return;
    const owners = ownersOf(object);
    const living = owners.filter((owner) => this.#places.has(owner.uid));
    const solid = living.filter((owner) => !isForeground(this.#object(owner.uid)));
    // Nothing depends on a pod.
    const isAwaited = living.length > 0 && object.kind !== "Pod";
    if (owners.length > 0 && solid.length === 0) this.#drop(object, isAwaited ? "Foreground" : "Background");
    else if (solid.length < owners.length) this.#change(object, { ownerReferences: solid });
    if (isForeground(object)) this.#finish(object);
  }

  #object(uid: string): ApiObject | undefined {
    const place = this.#places.get(uid);
    return place === undefined ? undefined : this.#registry.store.get(place.kind, place.namespace, place.name);
  }

  #move(uid: string, before: readonly OwnerReference[], after: readonly OwnerReference[]): void {
    for (const owner of before) {
      const left = this.#dependents.get(owner.uid);
      left?.delete(uid);
      if (left?.size === 0) this.#dependents.delete(owner.uid);
    }
    for (const owner of after) {
      this.#dependents.set(owner.uid, (this.#dependents.get(owner.uid) ?? new Set()).add(uid));
    }
  }

  /** What its owner waits for goes the same way, so that the owner outlives it all. */
  #drop({ metadata }: ApiObject, propagation: "Foreground" | "Background"): void {
    const place = this.#places.get(metadata.uid);
    if (place === undefined || metadata.deletionTimestamp !== undefined) return;
    remove(this.#registry, place, { propagation });
  }

  #finish(object: ApiObject): void {
    const { uid, finalizers = [] } = object.metadata;
    const dependents = [...(this.#dependents.get(uid) ?? [])].map((one) => this.#object(one));
    const blocks = (one: ApiObject | undefined): boolean =>
      one !== undefined && ownersOf(one).some((owner) => owner.uid === uid && owner.blockOwnerDeletion === true);
    if (dependents.some(blocks)) return;
    this.#change(object, { finalizers: finalizers.filter((finalizer) => finalizer !== "foregroundDeletion") });
  }

  #change({ metadata }: ApiObject, change: Partial<ApiObject["metadata"]>): void {
    const place = this.#places.get(metadata.uid);
    if (place === undefined) return;
    const write = (live: ApiObject) => ({ ...live, metadata: { ...live.metadata, ...change } });
    this.#registry.update<KindName>(place, write, { manager });
  }
}

function ownersOf({ metadata }: ApiObject): readonly OwnerReference[] {
  return metadata.ownerReferences ?? [];
}

function isForeground(object: ApiObject | undefined): boolean {
  const { finalizers, deletionTimestamp } = object?.metadata ?? {};
  return deletionTimestamp !== undefined && finalizers?.includes("foregroundDeletion") === true;
}
