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

  /** Events come in the order of their resourceVersions; one that is older than what is known is told again, and stale. */
  take(event: WatchEvent): void {
    const { resourceVersion } = event.type === "BOOKMARK" ? event : event.object.metadata;
    if (resourceVersion !== undefined && isBefore(resourceVersion, this.resourceVersion)) return;
    this.resourceVersion = resourceVersion ?? this.resourceVersion;
    if (event.type === "BOOKMARK") return;
    const { object } = event;
    if (event.type === "DELETED") this.#items.delete(keyOf(object));
    else this.#items.set(keyOf(object), object);
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

/** resourceVersions are numbers that may be too long for one, without leading zeros (KEP-5504); of anything else nothing is said. */
function isBefore(one: string, other: string): boolean {
  if (!/^[1-9]\d*$/.test(one) || !/^[1-9]\d*$/.test(other)) return false;
  return one.length === other.length ? one < other : one.length < other.length;
}
