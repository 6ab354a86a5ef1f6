import { at, type Json, type Step } from "./case.ts";

/**
 * An object without what controllers write into it at a time of their own: its status, their entries among the managers,
 * its version and the revision of a Deployment. Refusals stay whole.
 */
export function spec(step: Step): Step {
  return { ...step, pick: undisturbed };
}

/** The part of a body that only its writers decide. */
export function undisturbed(body: Json): Json {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  if (body.kind === "Status") return body;
  const { status: _, metadata, ...rest } = body;
  if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata)) return body;
  const { resourceVersion: __, managedFields, annotations, ...own } = metadata;
  const kept = Array.isArray(managedFields) ? managedFields.filter((entry) => !isController(entry)) : [];
  return {
    ...rest,
    metadata: {
      ...own,
      ...withoutRevision(annotations),
      ...(managedFields === undefined ? {} : { managedFields: kept }),
    },
  };
}

function isController(entry: Json): boolean {
  // A scale leaves an entry without a time, which goes with the next write, be it the controller's.
  const isPassing = at(entry, "operation") === "Update" && at(entry, "time") === undefined;
  return isPassing || at(entry, "manager") === "kube-controller-manager";
}

function withoutRevision(annotations: Json | undefined): { annotations?: Json } {
  if (typeof annotations !== "object" || annotations === null || Array.isArray(annotations)) return {};
  const { "deployment.kubernetes.io/revision": _, ...rest } = annotations;
  return Object.keys(rest).length === 0 ? {} : { annotations: rest };
}

/** What was found; the list's own fields stay. */
export const names = (step: Step): Step => ({
  ...step,
  pick: (body) => {
    if (typeof body !== "object" || body === null || Array.isArray(body) || !Array.isArray(body.items)) return body;
    return { ...body, items: body.items.map((item) => at(item, "metadata.name") ?? null) };
  },
});
