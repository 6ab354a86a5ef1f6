import type { Registry } from "../registry.ts";
import type { Delivery, What } from "./fault.ts";
import { laggingView, pastView, type View } from "./view.ts";

/** How old: a resourceVersion, or so many changes of the asked kind ago (1: the last write is not visible yet). */
export type Age = { readonly resourceVersion: number } | { readonly changes: number };

/** Reads get an older state; a watch gets what that state knows, and then nothing. Writes pass untouched. */
export function stale(age: Age): What {
  const name = "changes" in age ? `stale by ${age.changes} changes` : `stale at ${age.resourceVersion}`;
  return {
    name,
    act: (delivery) => readFrom(delivery, () => pastView(delivery.registry.store, versionOf(age, delivery))),
  };
}

/**
 * A replica that is behind by `lagMs` on the sandbox's clock, and answers reads and watches; `Infinity` freezes it now.
 * Use it with `times: Infinity` for as long as the client is connected to it, and end that fault.
 */
export function laggingReplica({ store, clock }: Registry, lagMs: number): What {
  const view = laggingView(store, clock, lagMs);
  return { name: `replica behind by ${lagMs} ms`, act: (delivery) => readFrom(delivery, () => view) };
}

function readFrom({ request, carryOut }: Delivery, view: () => View) {
  return carryOut(request.isWrite ? {} : { view: view() });
}

function versionOf(age: Age, { route, registry: { store } }: Delivery): number {
  if ("resourceVersion" in age) return age.resourceVersion;
  const changes = route === undefined ? [] : (store.changesSince(route.kind.name, store.oldest) ?? []);
  const first = changes.at(-age.changes);
  return first === undefined ? store.oldest : first.resourceVersion - 1;
}
