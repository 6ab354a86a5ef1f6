import type { Resource, ResourceList, WatchEvent } from "./model.ts";

/** Whether an object belongs to what somebody looks at. */
export type Matches = (object: Resource) => boolean;

/** What a mirror holds: objects by uid, and the resourceVersion up to which they are known. */
export class HeldItems {
  resourceVersion = "";
  #items = new Map<string, Resource>();
  #listed: readonly Resource[] | undefined;
  readonly #views = new Set<HeldView>();
  #end: { error: unknown } | undefined;

  /** In the order in which they came. */
  get items(): readonly Resource[] {
    this.#listed ??= [...this.#items.values()];
    return this.#listed;
  }

  /** A part of them, whose changes wake nobody but who looks at it; `close` it when it is not looked at any more. */
  view(matches: Matches): HeldView {
    const view = new HeldView(this, matches, () => this.#views.delete(view));
    this.#views.add(view);
    if (this.#end !== undefined) view.end(this.#end.error);
    return view;
  }

  /** What a list tells, unless more than that is known already. */
  learn(list: ResourceList): void {
    if (!isBefore(list.resourceVersion, this.resourceVersion)) this.replace(list);
  }

  replace({ resourceVersion, items }: ResourceList): void {
    const before = this.#items;
    this.#items = new Map(items.map((item) => [keyOf(item), item]));
    this.resourceVersion = resourceVersion;
    const gone = [...before].filter(([key]) => !this.#items.has(key)).map(([, item]) => item);
    const others = items.filter((item) => !isUnchanged(item, before.get(keyOf(item))));
    if (gone.length + others.length > 0) this.#announce([...gone, ...others]);
  }

  /** Events come in the order of their resourceVersions; one that is older than what is known is told again, and stale. */
  take(event: WatchEvent): void {
    const { resourceVersion } = event.type === "BOOKMARK" ? event : event.object.metadata;
    if (resourceVersion !== undefined && isBefore(resourceVersion, this.resourceVersion)) return;
    this.resourceVersion = resourceVersion ?? this.resourceVersion;
    if (event.type === "BOOKMARK") return;
    const { object } = event;
    const before = this.#items.get(keyOf(object));
    if (event.type === "DELETED") this.#items.delete(keyOf(object));
    else this.#items.set(keyOf(object), object);
    this.#announce(before === undefined ? [object] : [before, object]);
  }

  /** Nothing will change any more: all who wait go on, or learn why. */
  end(error?: unknown): void {
    this.#end = { error };
    for (const view of [...this.#views]) view.end(error);
  }

  #announce(changed: readonly Resource[]): void {
    this.#listed = undefined;
    for (const view of [...this.#views]) view.tell(changed);
  }
}

/** The part of a mirror's objects that somebody looks at, and the promise of its next change. */
export class HeldView {
  readonly #held: HeldItems;
  readonly #matches: Matches;
  readonly close: () => void;
  #next = Promise.withResolvers<void>();
  #seen: { all: readonly Resource[]; own: readonly Resource[] } | undefined;

  constructor(held: HeldItems, matches: Matches, close: () => void) {
    this.#held = held;
    this.#matches = matches;
    this.close = close;
  }

  get items(): readonly Resource[] {
    const all = this.#held.items;
    if (this.#seen?.all !== all) this.#seen = { all, own: all.filter(this.#matches) };
    return this.#seen.own;
  }

  /** Settles with the next change, or with the end. */
  get changed(): Promise<void> {
    return this.#next.promise;
  }

  tell(objects: readonly Resource[]): void {
    if (!objects.some(this.#matches)) return;
    this.#next.resolve();
    this.#next = Promise.withResolvers<void>();
  }

  end(error: unknown): void {
    this.#next.promise.catch(() => undefined);
    if (error === undefined) this.#next.resolve();
    else this.#next.reject(error);
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
