import { at, equal, isList, isObject, type Json, type JsonObject, objectAt } from "../json.ts";
import type { KindName } from "../kinds.ts";
import type { Store } from "../store.ts";

/** Fields that were given once stay: a client that leaves them out does not ask for others. */
export function keptAllocations(kind: KindName, object: JsonObject, before: JsonObject): JsonObject {
  const spec = objectAt(object, "spec");
  if (kind !== "Service" || spec.type === "ExternalName") return object;
  const { clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy, ports: old } = objectAt(before, "spec");
  const address = spec.clusterIP === undefined ? { clusterIP, clusterIPs } : { clusterIPs: [spec.clusterIP] };
  const said = Object.entries({ ipFamilies, ipFamilyPolicy, ...spec, ...address });
  const given = Object.fromEntries(said.filter(([, value]) => value !== undefined));
  const { ports } = spec;
  const hasOld = needsNodePorts(spec) && isList(ports) && isList(old);
  return { ...object, spec: { ...given, ...(hasOld ? { ports: ports.map((port) => withOld(port, old)) } : {}) } };
}

function needsNodePorts({ type }: JsonObject): boolean {
  return type === "NodePort" || type === "LoadBalancer";
}

function withOld(port: Json, old: readonly Json[]): Json {
  const isSame = (other: Json): boolean =>
    equal(at(other, "port"), at(port, "port")) && equal(at(other, "protocol"), at(port, "protocol"));
  const nodePort = at(old.find(isSame), "nodePort");
  return isObject(port) && nodePort !== undefined ? { nodePort, ...port } : port;
}

/** Gives a Service its address and node ports, as they are or the next free ones; nobody owns these fields. */
export function allocated(
  store: Store,
  { kind, object, dryRun }: { kind: KindName; object: JsonObject; dryRun: boolean },
): JsonObject {
  if (kind !== "Service") return object;
  const spec = objectAt(object, "spec");
  if (spec.type === "ExternalName") return { status: { loadBalancer: {} }, ...object };
  // What is only tried gets the first address of the range.
  const address = spec.clusterIP ?? (dryRun ? "10.96.0.0" : freeAddress(store));
  const { ports } = spec;
  return {
    status: { loadBalancer: {} },
    ...object,
    spec: {
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
      ...spec,
      clusterIP: address,
      clusterIPs: [address],
      ...(needsNodePorts(spec) && isList(ports) ? { ports: withNodePorts(store, ports) } : {}),
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
