/** What stands in the cluster, as one plain value: two runs that did the same have the same. */
import { annotation } from "@cutover/release";
import type { Shop } from "./engine.test-kit.ts";
import { namespace } from "./shop-objects.test-kit.ts";

interface Live {
  metadata: { name: string; annotations?: Record<string, string> };
  [field: string]: unknown;
}

export type Standing = ReturnType<typeof standing>;

/** Everything but uids, versions, times and who did it. */
export function standing(shop: Shop) {
  const list = (kind: "Service" | "Deployment" | "ConfigMap" | "ControllerRevision" | "Lease" | "Pod") =>
    shop.sandbox.registry.store.list(kind, namespace) as unknown as readonly Live[];
  const noted = ({ metadata: { annotations = {} } }: Live, ...names: string[]) =>
    Object.fromEntries(names.map((name) => [name, annotations[name]]));
  return {
    services: list("Service").map((one) => [one.metadata.name, one.spec, noted(one, annotation.revision)]),
    deployments: list("Deployment").map((one) => [one.metadata.name, one.spec, noted(one, annotation.revision)]),
    configs: list("ConfigMap").map((one) => [one.metadata.name, one.data]),
    history: list("ControllerRevision").map((one) => [one.metadata.name, noted(one, annotation.result)]),
    locks: list("Lease").map((one) => (one.spec as { holderIdentity?: string }).holderIdentity),
    pods: list("Pod").length,
  };
}
