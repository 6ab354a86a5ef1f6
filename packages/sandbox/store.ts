import { type ApiObject, key, keyOf } from "./api-object.ts";
import type { KindName, ObjectsByKind } from "./kinds.ts";

export type ChangeType = "ADDED" | "MODIFIED" | "DELETED";

export interface Change {
  readonly type: ChangeType;
  readonly kind: KindName;
  readonly resourceVersion: number;
  readonly object: ApiObject;
  readonly previous: ApiObject | undefined;
}

/**
 * Where objects are kept: one counter of resourceVersions for all kinds, and the last changes, so that watches can resume.
 * It trusts its callers; rules are kept by `Registry`.
 */
export class Store {
  readonly #objects = new Map<KindName, Map<string, ApiObject>>();
  /** Kinds with an object since their last list; those of the others are in the order of their keys. */
  readonly #unsorted = new Set<KindName>();
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #keep: number;
  #changes: Change[] = [];
  #resourceVersion = 1;

  /** @param keep How many changes a watch can look back. */
  constructor(keep: number) {
    this.#keep = keep;
  }

  get resourceVersion(): number {
    return this.#resourceVersion;
  }

  /** The oldest resourceVersion that a watch can resume from. */
  get oldest(): number {
    return (this.#changes[0]?.resourceVersion ?? this.#resourceVersion + 1) - 1;
  }

  get<K extends KindName>(kind: K, namespace: string | undefined, name: string): ObjectsByKind[K] | undefined {
    // The registry validates what it stores, so the kind tells the shape.
    return this.#objects.get(kind)?.get(key(namespace, name)) as ObjectsByKind[K] | undefined;
  }

  /** Sorted by namespace and name. */
  list<K extends KindName>(kind: K, namespace?: string): ObjectsByKind[K][] {
    const unsorted = this.#objects.get(kind) ?? [];
    if (this.#unsorted.delete(kind))
      this.#objects.set(kind, new Map([...unsorted].sort(([a], [b]) => (a < b ? -1 : 1))));
    const all = [...(this.#objects.get(kind)?.values() ?? [])] as ObjectsByKind[K][];
    return namespace === undefined ? all : all.filter((object) => object.metadata.namespace === namespace);
  }

  /** Creates or replaces; returns the object with its new resourceVersion. */
  put(kind: KindName, object: ApiObject): ApiObject {
    const previous = this.#objects.get(kind)?.get(keyOf(object));
    const stored = this.#versioned(object);
    const ofKind = this.#objects.get(kind) ?? new Map<string, ApiObject>();
    this.#objects.set(kind, ofKind.set(keyOf(object), stored));
    if (previous === undefined) this.#unsorted.add(kind);
    this.#tell({ type: previous ? "MODIFIED" : "ADDED", kind, object: stored, previous });
    return stored;
  }

  /** Removes; returns the object as it was last, with the resourceVersion of its removal. */
  remove(kind: KindName, object: ApiObject): ApiObject {
    const previous = this.#objects.get(kind)?.get(keyOf(object));
    this.#objects.get(kind)?.delete(keyOf(object));
    const last = this.#versioned(object);
    this.#tell({ type: "DELETED", kind, object: last, previous });
    return last;
  }

  /** What happened to a kind after a resourceVersion; `undefined` if that is not remembered. */
  changesSince(kind: KindName, resourceVersion: number): Change[] | undefined {
    if (resourceVersion < this.oldest) return undefined;
    return this.#changes.filter((change) => change.kind === kind && change.resourceVersion > resourceVersion);
  }

  /** Calls `listener` on every change; returns what ends it. */
  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets the past, as a compaction does: older watches get 410. */
  compact(): void {
    this.#changes = [];
  }

  #versioned(object: ApiObject): ApiObject {
    this.#resourceVersion += 1;
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#resourceVersion) } };
  }

  #tell(change: Omit<Change, "resourceVersion">): void {
    const numbered = { ...change, resourceVersion: this.#resourceVersion };
    this.#changes.push(numbered);
    if (this.#changes.length > this.#keep * 2) this.#changes = this.#changes.slice(-this.#keep);
    for (const listener of [...this.#listeners]) listener(numbered);
  }
}
