import type { EndpointSlice } from "../networking.ts";
import type { Kubelet } from "../pods/kubelet.ts";
import type { PodRun } from "../pods/pod-run.ts";
import type { Store } from "../store.ts";
import { readyEndpoints, slicesOfService } from "./endpoints.ts";

/** A Service, and which of its ports by number or name; the first if not given. */
export interface Address {
  readonly namespace: string;
  readonly name: string;
  readonly port?: number | string | undefined;
}

/** Where a connection leads. */
export interface Way {
  readonly run: PodRun;
  readonly port: number;
}

interface Backend {
  readonly uid: string;
  readonly port: number;
}

/** The node's proxy: new connections to a Service go to its ready endpoints in turn. */
export class ServiceRouter {
  readonly #store: Store;
  readonly #kubelet: Kubelet;
  /** By Service and port; dropped when its slices or its ports change. */
  readonly #backends = new Map<string, Map<string, readonly Backend[]>>();
  readonly #turns = new Map<string, number>();

  constructor(store: Store, kubelet: Kubelet) {
    this.#store = store;
    this.#kubelet = kubelet;
    store.subscribe(({ kind, object }) => {
      const { namespace, name, labels } = object.metadata;
      if (kind === "Service") this.#backends.delete(`${namespace}/${name}`);
      if (kind === "EndpointSlice") this.#backends.delete(`${namespace}/${labels?.["kubernetes.io/service-name"]}`);
    });
  }

  /** The way of the next connection; `undefined` where nobody takes it. */
  next({ namespace, name, port }: Address): Way | undefined {
    const service = `${namespace}/${name}`;
    const ports = this.#backends.get(service) ?? new Map<string, readonly Backend[]>();
    const backends = ports.get(String(port)) ?? this.#ready({ namespace, name, port });
    this.#backends.set(service, ports.set(String(port), backends));
    const turn = this.#turns.get(service) ?? 0;
    this.#turns.set(service, turn + 1);
    const backend = backends[turn % Math.max(1, backends.length)];
    const run = backend === undefined ? undefined : this.#kubelet.run(backend.uid);
    if (backend === undefined || run?.listener(backend.port) === undefined) return undefined;
    return { run, port: backend.port };
  }

  #ready({ namespace, name, port }: Address): Backend[] {
    const ports = this.#store.get("Service", namespace, name)?.spec.ports ?? [];
    const wanted = port === undefined ? ports[0] : ports.find((one) => one.port === port || one.name === port);
    if (wanted === undefined) return [];
    const slices = slicesOfService(this.#store, namespace, name);
    const owners = new Map(
      slices.flatMap((slice) => (slice.endpoints ?? []).map((one): [unknown, EndpointSlice] => [one, slice])),
    );
    return readyEndpoints(slices).flatMap((endpoint) => {
      const number = owners.get(endpoint)?.ports?.find((one) => one.name === (wanted.name ?? ""))?.port;
      return number === undefined ? [] : [{ uid: endpoint.targetRef.uid, port: number }];
    });
  }
}
