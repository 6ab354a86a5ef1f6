import type { Resource, ResourceList, WatchEvent } from "./model.ts";

/** What a mirror holds: objects by uid, the resourceVersion up to which they are known, and the promise of the next change. */
export class HeldItems {
  resourceVersion = "";
  #items = new Map<string, Resource>();
  #next = Promise.withResolvers<void>();
  #listed: readonly Resource[] | undefined;

  /** In the order in which they came. */
  get items(): readonly Resource[] {
    this.#listed ??= [...this.#items.values()];
    return this.#listed;
  }

  /** Settles with the next change, or with the end. */
  get changed(): Promise<void> {
    return this.#next.promise;
  }

  replace({ resourceVersion, items }: ResourceList): void {
    const before = this.#items;
    this.#items = new Map(items.map((item) => [keyOf(item), item]));
    this.resourceVersion = resourceVersion;
    const isSame =
      before.size === this.#items.size && items.every((item) => isUnchanged(item, before.get(keyOf(item))));
    if (!isSame) this.#announce();
  }

  take(event: WatchEvent): void {
    if (event.type === "BOOKMARK") {
      this.resourceVersion = event.resourceVersion;
      return;
    }
    const { object } = event;
    if (event.type === "DELETED") this.#items.delete(keyOf(object));
    else this.#items.set(keyOf(object), object);
    this.resourceVersion = object.metadata.resourceVersion ?? this.resourceVersion;
    this.#announce();
  }

  /** Nothing will change any more: all who wait go on, or learn why. */
  end(error?: unknown): void {
    if (error === undefined) this.#next.resolve();
    else {
      this.#next.promise.catch(() => undefined);
      this.#next.reject(error);
    }
  }

  #announce(): void {
    this.#listed = undefined;
    this.#next.resolve();
    this.#next = Promise.withResolvers<void>();
  }
}

function keyOf({ metadata }: Resource): string {
  return metadata.uid ?? `${metadata.namespace}/${metadata.name}`;
}

function isUnchanged(item: Resource, before: Resource | undefined): boolean {
  return before !== undefined && before.metadata.resourceVersion === item.metadata.resourceVersion;
}
