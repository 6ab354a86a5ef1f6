import { type ApiObject, keyOf } from "../api-object.ts";
import type { SandboxClock } from "../clock.ts";
import type { KindName, ObjectsByKind } from "../kinds.ts";
import type { Change, Store } from "../store.ts";

/** What can be read of a store. */
export type View = Pick<Store, "get" | "list" | "resourceVersion" | "oldest" | "changesSince" | "subscribe">;

/** The store as it was at a resourceVersion; nothing changes there any more. */
export function pastView(store: View, resourceVersion: number): View {
  return viewAt(
    store,
    () => resourceVersion,
    () => () => undefined,
  );
}

/** The store as a replica shows it that learns of each change `lagMs` late on the sandbox's clock, from now on; `Infinity` is never. */
export function laggingView(store: Store, clock: SandboxClock, lagMs: number): View {
  const listeners = new Set<(change: Change) => void>();
  let known = store.resourceVersion;
  store.subscribe((change) => {
    if (lagMs === Number.POSITIVE_INFINITY) return;
    clock.schedule(lagMs, () => {
      known = change.resourceVersion;
      for (const listener of [...listeners]) listener(change);
    });
  });
  const subscribe: View["subscribe"] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return viewAt(store, () => known, subscribe);
}

function viewAt(store: View, version: () => number, subscribe: View["subscribe"]): View {
  const all = <K extends KindName>(kind: K): Map<string, ObjectsByKind[K]> => {
    const objects = new Map(store.list(kind).map((object) => [keyOf(object), object]));
    for (const { object, previous } of undone(store, kind, version())) {
      if (previous === undefined) objects.delete(keyOf(object));
      // A change carries objects of its kind.
      else objects.set(keyOf(object), previous as ObjectsByKind[K]);
    }
    return objects;
  };
  return {
    get resourceVersion() {
      return version();
    },
    get oldest() {
      return store.oldest;
    },
    get: (kind, namespace, name) => all(kind).get(namespace === undefined ? name : `${namespace}/${name}`),
    list: (kind, namespace) =>
      [...all(kind).values()]
        .filter((object: ApiObject) => namespace === undefined || object.metadata.namespace === namespace)
        .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    changesSince: (kind, since) =>
      store.changesSince(kind, since)?.filter((change) => change.resourceVersion <= version()),
    subscribe,
  };
}

/** The changes after a version, newest first. */
function undone(store: View, kind: KindName, version: number): Change[] {
  const changes = store.changesSince(kind, version);
  if (changes === undefined) throw new Error(`the sandbox does not remember resourceVersion ${version}`);
  return changes.toReversed();
}
