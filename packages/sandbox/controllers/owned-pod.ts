import { type ApiObject, controlledBy } from "../api-object.ts";
import { remove } from "../deletion.ts";
import { recordEvent } from "../events.ts";
import type { JsonObject } from "../json.ts";
import { kindNamed } from "../kinds.ts";
import { hasEnded } from "../pods/pod-status.ts";
import type { Registry } from "../registry.ts";
import { ApiError, forbidden } from "../status.ts";
import type { Pod, PodTemplate } from "../workloads.ts";

export const manager = "kube-controller-manager";

/** A controller that has pods. */
export interface PodOwner {
  readonly object: ApiObject;
  /** Such as `replicaset-controller`. */
  readonly component: string;
}

/**
 * Creates a pod of a template, and tells how that went.
 * @returns why the server refused it; `undefined` if it did not
 */
export function createOwnedPod(
  registry: Registry,
  { object, component }: PodOwner,
  { template, finalizers = [] }: { template: PodTemplate; finalizers?: readonly string[] },
): string | undefined {
  const { namespace } = object.metadata;
  try {
    const draft = draftOf(registry, object, template);
    const metadata = finalizers.length === 0 ? draft.metadata : { ...draft.metadata, finalizers };
    const pod = registry.create({ kind: "Pod", namespace }, { ...draft, metadata }, { manager });
    const message = `Created pod: ${pod.metadata.name}`;
    recordEvent(registry, object, { type: "Normal", reason: "SuccessfulCreate", message, component });
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const message = `Error creating: ${error.message}`;
    recordEvent(registry, object, { type: "Warning", reason: "FailedCreate", message, component });
    return error.message;
  }
}

export function deleteOwnedPod(registry: Registry, { object, component }: PodOwner, { metadata }: Pod): void {
  const { namespace, name } = metadata;
  remove(registry, { kind: "Pod", namespace, name });
  const message = `Deleted pod: ${name}`;
  recordEvent(registry, object, { type: "Normal", reason: "SuccessfulDelete", message, component });
}

/** Neither ended nor ending. */
export function isActive(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && !hasEnded(pod);
}

function draftOf(
  registry: Registry,
  owner: ApiObject,
  { metadata, spec }: PodTemplate,
): { metadata: JsonObject; spec: JsonObject } {
  const account = spec.serviceAccountName ?? "default";
  const { namespace, name } = owner.metadata;
  if (registry.store.get("ServiceAccount", namespace, account) === undefined) {
    const why = `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`;
    throw forbidden(kindNamed("Pod"), `${name}-`, why);
  }
  const { labels, annotations } = metadata ?? {};
  return {
    metadata: {
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      generateName: `${name}-`,
      ownerReferences: [controlledBy(owner)],
    },
    spec: { ...spec, serviceAccountName: account },
  };
}
