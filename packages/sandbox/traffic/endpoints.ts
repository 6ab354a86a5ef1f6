import type { Endpoint, EndpointSlice } from "../networking.ts";
import type { Store } from "../store.ts";

export function slicesOfService(store: Store, namespace: string, name: string): EndpointSlice[] {
  return store
    .list("EndpointSlice", namespace)
    .filter(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === name);
}

/** Where new connections may go: the ready ones, or, as node proxies do when there are none, those that end but still serve. */
export function readyEndpoints(slices: readonly EndpointSlice[]): Endpoint[] {
  const all = slices.flatMap(({ endpoints }) => endpoints ?? []);
  const ready = all.filter(({ conditions }) => conditions.ready);
  return ready.length > 0 ? ready : all.filter(({ conditions }) => conditions.serving && conditions.terminating);
}
