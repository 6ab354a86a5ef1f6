import { parseQuantity } from "@cutover/release";
import { type Json, objectAt } from "../json.ts";
import type { Container, Pod, PodSpec } from "../workloads.ts";

export interface Resources {
  /** Cores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
}

/** What a pod needs to be scheduled: its containers together, or the hungriest moment of its initialization. */
export function requestsOf({ containers, initContainers = [] }: PodSpec): Resources {
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === "Always");
  const once = initContainers.filter(({ restartPolicy }) => restartPolicy !== "Always");
  const sum = (name: string): number =>
    [...containers, ...sidecars].reduce((total, container) => total + requested(container, name), 0);
  const most = (name: string): number => Math.max(sum(name), ...once.map((container) => requested(container, name)));
  return { cpu: most("cpu"), memory: most("memory") };
}

/** What the server calls the pod's quality of service. */
export function qosClass({ spec }: Pod): "BestEffort" | "Burstable" | "Guaranteed" {
  const all = [...spec.containers, ...(spec.initContainers ?? [])].flatMap((container) =>
    ["cpu", "memory"].map((name) => ({
      limit: amount(container, "limits", name),
      request: requested(container, name),
    })),
  );
  if (all.every(({ limit = 0, request }) => limit === 0 && request === 0)) return "BestEffort";
  return all.every(({ limit, request }) => limit !== undefined && limit === request) ? "Guaranteed" : "Burstable";
}

/** A limit without a request is the request too. */
function requested(container: Container, name: string): number {
  return amount(container, "requests", name) ?? amount(container, "limits", name) ?? 0;
}

function amount(container: Container, kind: "limits" | "requests", name: string): number | undefined {
  const value: Json | undefined = objectAt(container, "resources", kind)[name];
  return value === undefined ? undefined : parseQuantity(value);
}
