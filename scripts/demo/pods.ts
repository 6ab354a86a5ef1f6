import { type Color, isColor } from "@cutover/release";
import type { Sandbox } from "@cutover/sandbox";
import { service } from "./acts.ts";
import { versionOf } from "./quickstart.ts";

export interface PodView {
  /** The last part of its name. */
  name: string;
  version: string;
  state: "starting" | "ready" | "unready" | "crashed" | "stopping";
}

export interface View {
  /** Who has the traffic. */
  active: Color | undefined;
  slots: Record<Color, readonly PodView[]>;
}

/** Looks at both slots as the cluster has them at the moment; it remembers which pods were ready once. */
export function watcher(sandbox: Sandbox): () => View {
  const { namespace, name, colorLabel } = service;
  const onceReady = new Set<string>();
  return () => {
    const color = sandbox.registry.store.get("Service", namespace, name)?.spec.selector?.[colorLabel];
    const pods = podsOf(sandbox);
    for (const pod of pods) if (isReady(pod)) onceReady.add(pod.metadata.uid);
    const slot = (wanted: Color) =>
      pods.filter(({ metadata }) => metadata.labels?.[colorLabel] === wanted).map((pod) => viewOf(pod, onceReady));
    return { active: isColor(color) ? color : undefined, slots: { blue: slot("blue"), green: slot("green") } };
  };
}

/** The Service's endpoints, ready or not: who may get a request at this moment. */
export function endpoints({ registry: { store } }: Sandbox): readonly { version: string; isReady: boolean }[] {
  const listed = store.list("EndpointSlice", service.namespace).flatMap((slice) => slice.endpoints ?? []);
  return listed.map(({ targetRef, conditions }) => {
    const pod = store.get("Pod", service.namespace, targetRef.name);
    return { version: versionOf(pod?.spec.containers[0]?.image ?? ""), isReady: conditions.ready };
  });
}

function podsOf(sandbox: Sandbox) {
  const age = (pod: { metadata: { creationTimestamp: string } }) => Date.parse(pod.metadata.creationTimestamp);
  return sandbox.registry.store.list("Pod", service.namespace).toSorted((one, other) => age(one) - age(other));
}

type Pod = ReturnType<typeof podsOf>[number];

function viewOf(pod: Pod, onceReady: ReadonlySet<string>): PodView {
  const image = pod.spec.containers[0]?.image ?? "";
  const name = pod.metadata.name.split("-").at(-1) ?? "";
  return { name, version: versionOf(image), state: stateOf(pod, onceReady.has(pod.metadata.uid)) };
}

function stateOf(pod: Pod, wasReady: boolean): PodView["state"] {
  if (pod.metadata.deletionTimestamp !== undefined) return "stopping";
  if (isReady(pod)) return "ready";
  if (wasReady) return "unready";
  const [container] = pod.status.containerStatuses ?? [];
  const hasCrashed = container?.state.terminated !== undefined || (container?.restartCount ?? 0) > 0;
  return hasCrashed ? "crashed" : "starting";
}

function isReady({ status }: Pod): boolean {
  return status.containerStatuses?.every(({ ready }) => ready) ?? false;
}
