import { controlledBy, keyOf, type Strings } from "../api-object.ts";
import { remove } from "../deletion.ts";
import { canonical, equal } from "../json.ts";
import type { Endpoint, EndpointPort, EndpointSlice, Service } from "../networking.ts";
import { isPodReady } from "../pods/pod-status.ts";
import type { Registry } from "../registry.ts";
import type { Change } from "../store.ts";
import type { Pod } from "../workloads.ts";
import { WorkQueue } from "./work-queue.ts";

const manager = "kube-controller-manager";
const mostPerSlice = 100;

/** Keeps the EndpointSlices of every Service that has a selector. */
export function startEndpointSliceController(registry: Registry, reactionMs: number): void {
  const queue = new WorkQueue(registry.clock, reactionMs, (key) => reconcile(registry, key));
  registry.store.subscribe((change) => {
    const { kind, object, previous } = change;
    if (kind === "Service") queue.add(keyOf(object));
    if (kind === "EndpointSlice") {
      const service = object.metadata.labels?.["kubernetes.io/service-name"];
      if (service !== undefined) queue.add(`${object.metadata.namespace}/${service}`);
    }
    if (kind !== "Pod" || !matters(change)) return;
    for (const service of registry.store.list("Service", object.metadata.namespace)) {
      const selects = [object, previous].some((pod) => pod !== undefined && isSelected(service, pod.metadata.labels));
      if (selects) queue.add(keyOf(service));
    }
  });
}

/** Most changes of a pod are none of its endpoint. */
function matters({ type, object, previous }: Change): boolean {
  if (type !== "MODIFIED" || previous === undefined) return true;
  // The store keeps kinds apart: both are pods.
  const [pod, before] = [object as Pod, previous as Pod];
  return (
    isPodReady(pod) !== isPodReady(before) ||
    pod.metadata.deletionTimestamp !== before.metadata.deletionTimestamp ||
    pod.status.podIP !== before.status.podIP ||
    pod.status.phase !== before.status.phase ||
    !equal(pod.metadata.labels, before.metadata.labels)
  );
}

function reconcile(registry: Registry, key: string): void {
  const [namespace, name = ""] = key.split("/");
  const service = registry.store.get("Service", namespace, name);
  if (service === undefined || service.spec.selector === undefined) return;
  const pods = registry.store.list("Pod", namespace).filter((pod) => isEndpoint(service, pod));
  const groups = Map.groupBy(pods, (pod) => canonical(portsOf(service, pod)));
  if (groups.size === 0) groups.set(canonical([]), []);
  const slices = [...slicesOf(registry, service)];
  for (const [, members] of groups) {
    const [first] = members;
    const ports = first === undefined ? [] : portsOf(service, first);
    for (const page of pages(members.map((pod) => endpointOf(service, pod)))) {
      write(registry, service, { slice: slices.shift(), endpoints: page, ports });
    }
  }
  for (const { metadata } of slices) remove(registry, { kind: "EndpointSlice", namespace, name: metadata.name });
}

function slicesOf(registry: Registry, { metadata }: Service): EndpointSlice[] {
  return registry.store
    .list("EndpointSlice", metadata.namespace)
    .filter((slice) => slice.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid));
}

function write(
  registry: Registry,
  service: Service,
  {
    slice,
    endpoints,
    ports,
  }: { slice: EndpointSlice | undefined; endpoints: readonly Endpoint[]; ports: readonly EndpointPort[] },
): void {
  const { namespace, name } = service.metadata;
  const annotations = { "endpoints.kubernetes.io/last-change-trigger-time": registry.timestamp };
  // An empty list of Go is null in JSON.
  const content = { endpoints: endpoints.length > 0 ? endpoints : null, ports: ports.length > 0 ? ports : null };
  if (slice !== undefined) {
    if (equal(slice.endpoints ?? [], endpoints) && equal(slice.ports ?? [], ports)) return;
    const target = { kind: "EndpointSlice", namespace, name: slice.metadata.name } as const;
    const change = (live: EndpointSlice) => ({ ...live, ...content, metadata: { ...live.metadata, annotations } });
    registry.update(target, change, { manager });
    return;
  }
  const labels = {
    ...service.metadata.labels,
    "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
    ...(service.spec.clusterIP === "None" ? { "service.kubernetes.io/headless": "" } : {}),
    "kubernetes.io/service-name": name,
  };
  const metadata = { generateName: `${name}-`, labels, annotations, ownerReferences: [controlledBy(service)] };
  registry.create(
    { kind: "EndpointSlice", namespace: namespace },
    { metadata, addressType: "IPv4", ...content },
    { manager },
  );
}

function endpointOf({ spec }: Service, pod: Pod): Endpoint {
  const { namespace = "", name, uid, deletionTimestamp } = pod.metadata;
  const serving = isPodReady(pod);
  const terminating = deletionTimestamp !== undefined;
  const ready = spec.publishNotReadyAddresses === true || (serving && !terminating);
  return {
    addresses: [pod.status.podIP ?? ""],
    conditions: { ready, serving, terminating },
    ...(pod.spec.nodeName === undefined ? {} : { nodeName: pod.spec.nodeName }),
    targetRef: { kind: "Pod", namespace, name, uid },
  };
}

function portsOf({ spec }: Service, pod: Pod): EndpointPort[] {
  return (spec.ports ?? []).flatMap(({ name = "", protocol, targetPort }) => {
    const declared = pod.spec.containers.flatMap(({ ports }) => ports ?? []);
    const port =
      typeof targetPort === "number" ? targetPort : declared.find((one) => one.name === targetPort)?.containerPort;
    return port === undefined ? [] : [{ name, port, protocol }];
  });
}

function isEndpoint(service: Service, pod: Pod): boolean {
  const { podIP, phase } = pod.status;
  return isSelected(service, pod.metadata.labels) && podIP !== undefined && phase !== "Failed" && phase !== "Succeeded";
}

function isSelected({ spec, metadata }: Service, labels: Strings | undefined): boolean {
  const wanted = Object.entries(spec.selector ?? {});
  return (
    metadata.deletionTimestamp === undefined &&
    wanted.length > 0 &&
    wanted.every(([key, value]) => labels?.[key] === value)
  );
}

function pages(endpoints: readonly Endpoint[]): (readonly Endpoint[])[] {
  const count = Math.max(1, Math.ceil(endpoints.length / mostPerSlice));
  return Array.from({ length: count }, (_, page) => endpoints.slice(page * mostPerSlice, (page + 1) * mostPerSlice));
}
