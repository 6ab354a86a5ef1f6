import type { ApiObject, Metadata } from "../api-object.ts";
import { equal, type JsonObject, objectAt } from "../json.ts";
import type { Kind } from "../kinds.ts";

/** What a write may reach: the main resource leaves the status alone, a status write changes only that and annotations. */
export function confined(
  kind: Kind,
  { live, body, subresource }: { live: ApiObject; body: JsonObject; subresource: string | undefined },
): JsonObject {
  const draft = objectAt(body, "metadata");
  const { annotations, labels, ownerReferences, finalizers } = draft;
  const { annotations: _, labels: __, ownerReferences: ___, finalizers: ____, ...fixed } = live.metadata;
  if (subresource === "status") {
    // Only a Deployment's labels are out of reach of its status.
    const reached = present({ annotations, labels: kind.name === "Deployment" ? live.metadata.labels : labels });
    const metadata = {
      ...fixed,
      ...present({ ownerReferences: live.metadata.ownerReferences, finalizers: live.metadata.finalizers }),
      ...reached,
    };
    return { ...live, metadata, status: body.status };
  }
  const metadata = { ...fixed, ...present({ annotations, labels, ownerReferences, finalizers }) };
  const keepsStatus = kind.subresources.includes("status");
  const { apiVersion, kind: name } = live;
  return { ...body, apiVersion, kind: name, metadata, ...(keepsStatus ? { status: live.status } : {}) };
}

function present(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/**
 * The metadata with its generation: it counts changes of the spec, and for a Deployment also those of annotations
 * (kubernetes/pkg/registry/apps/deployment/strategy.go).
 */
export function countedMetadata(
  kind: Kind,
  live: ApiObject,
  { next, subresource }: { next: JsonObject; subresource: string | undefined },
): Metadata {
  // `confined` built it from the live one.
  const metadata = next.metadata as Metadata;
  if (!kind.counted || subresource === "status") return metadata;
  const { metadata: _, status: __, ...before } = live;
  const { metadata: ___, status: ____, ...after } = next;
  const isAnnotated = kind.name === "Deployment" && !equal(live.metadata.annotations, metadata.annotations);
  if (equal(before, after) && !isAnnotated) return metadata;
  return { ...metadata, generation: (live.metadata.generation ?? 0) + 1 };
}
