import { type ApiObject, controllerOf, keyOf } from "../api-object.ts";
import type { KindName, ObjectsByKind } from "../kinds.ts";
import type { Store } from "../store.ts";

/** The objects of a kind by the controller that owns them, so that nobody has to look through all. */
export class OwnerIndex<K extends KindName> {
  readonly #groups = new Map<string, Map<string, ObjectsByKind[K]>>();

  constructor(store: Store, kind: K) {
    for (const object of store.list(kind)) this.#add(object);
    store.subscribe((change) => {
      if (change.kind !== kind) return;
      const { type, object, previous } = change;
      // The store keeps kinds apart, so the change's kind tells the shape.
      const stored = object as ObjectsByKind[K];
      if (previous !== undefined && (type === "DELETED" || groupOf(previous) !== groupOf(stored))) {
        this.#groups.get(groupOf(previous))?.delete(keyOf(previous));
        if (this.#groups.get(groupOf(previous))?.size === 0) this.#groups.delete(groupOf(previous));
      }
      if (type !== "DELETED") this.#add(stored);
    });
  }

  /** What the owner with this uid controls, the oldest first. */
  ownedBy(uid: string): ObjectsByKind[K][] {
    return [...(this.#groups.get(uid)?.values() ?? [])];
  }

  /** What nobody controls, the oldest first. */
  orphans(namespace: string | undefined): ObjectsByKind[K][] {
    return [...(this.#groups.get(orphanage(namespace))?.values() ?? [])];
  }

  #add(object: ObjectsByKind[K]): void {
    const group = groupOf(object);
    const members = this.#groups.get(group) ?? new Map<string, ObjectsByKind[K]>();
    this.#groups.set(group, members.set(keyOf(object), object));
  }
}

function groupOf(object: ApiObject): string {
  return controllerOf(object)?.uid ?? orphanage(object.metadata.namespace);
}

function orphanage(namespace = ""): string {
  return `orphans of ${namespace}`;
}
