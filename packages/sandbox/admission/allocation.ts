import { at, isList, isObject, type Json, type JsonObject, objectAt } from "../json.ts";
import type { KindName } from "../kinds.ts";
import type { Store } from "../store.ts";

export interface Wanted {
  readonly kind: KindName;
  readonly object: JsonObject;
  readonly before?: JsonObject;
  readonly dryRun: boolean;
}

/** Gives a Service its address and node ports, as they are or the next free ones; nobody owns these fields. */
export function allocated(store: Store, { kind, object, before, dryRun }: Wanted): JsonObject {
  if (kind !== "Service") return object;
  const spec = objectAt(object, "spec");
  if (spec.type === "ExternalName") return { status: { loadBalancer: {} }, ...object };
  // What is only tried gets the first address of the range. A client that leaves the address out does not ask for another one.
  const address = spec.clusterIP ?? at(before, "spec", "clusterIP") ?? (dryRun ? "10.96.0.0" : freeAddress(store));
  const ports = spec.ports;
  const needsPorts = spec.type === "NodePort" || spec.type === "LoadBalancer";
  return {
    status: { loadBalancer: {} },
    ...object,
    spec: {
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
      ...spec,
      clusterIP: address,
      clusterIPs: [address],
      ...(needsPorts && isList(ports) ? { ports: withNodePorts(store, ports) } : {}),
    },
  };
}

/** An address that was given back is not given again soon, as where it is drawn at random. */
function freeAddress(store: Store): string {
  const used = new Set(store.list("Service").map((service) => service.spec.clusterIP));
  const most = 2 ** 16 - 2;
  let next = store.resourceVersion % most;
  const address = (): string => `10.96.${(next + 2) >> 8}.${(next + 2) & 255}`;
  while (used.has(address())) next = (next + 1) % most;
  return address();
}

function withNodePorts(store: Store, ports: readonly Json[]): Json {
  const services = store.list("Service");
  const used = new Set(services.flatMap((service) => (service.spec.ports ?? []).map((port) => port.nodePort)));
  let next = 30000;
  return ports.map((port) => {
    if (!isObject(port) || typeof port.nodePort === "number") return port;
    while (used.has(next)) next += 1;
    used.add(next);
    return { ...port, nodePort: next };
  });
}
