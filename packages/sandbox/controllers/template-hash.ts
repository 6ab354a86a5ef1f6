import { createHash } from "node:crypto";
import { canonical, equal, withValue } from "../json.ts";
import type { Deployment, PodTemplate, ReplicaSet } from "../workloads.ts";

export const hashLabel = "pod-template-hash";

const letters = "bcdfghjklmnpqrstvwxz2456789";

/** The name of a template; a count of collisions makes it another one. */
export function templateHash(template: PodTemplate, collisions: number): string {
  const text = canonical(template) + (collisions === 0 ? "" : String(collisions));
  const digest = createHash("sha256").update(text).digest();
  return [...digest.subarray(0, 10)].map((byte) => letters.charAt(byte % letters.length)).join("");
}

/** Whether a ReplicaSet has the Deployment's present template, whatever its hash. */
export function hasTemplateOf({ spec }: Deployment, set: ReplicaSet): boolean {
  return equal(withoutHash(set.spec.template), withoutHash(spec.template));
}

function withoutHash(template: PodTemplate): PodTemplate {
  return { ...template, ...withValue(template, ["metadata", "labels", hashLabel], undefined) };
}
