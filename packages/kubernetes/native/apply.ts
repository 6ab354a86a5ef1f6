import { CutoverError } from "@cutover/release";
import type { Client } from "../client/client.ts";
import { isUnknownResult } from "../client/lost-answer.ts";
import type { Resource } from "../client/model.ts";
import { fieldConflicts } from "../client/status.ts";
import { refOf, unchanged } from "./conditional.ts";
import { remedyFor } from "./keepers.ts";

/**
 * Managers whose fields a release may take over: people's tools. What a controller or GitOps owns (Flux names its managers
 * `kustomize-controller` and `helm-controller`) would be written back at once, so it stops the release instead.
 */
const people =
  /^(kubectl(-.+)?|[Hh]elm|k9s|kustomize|before-first-apply|cutover|node-fetch|Mozilla|okhttp|Lens|unknown|Terraform|HashiCorp|pulumi-kubernetes)$/;

/** Times that one object is applied anew, because answers were lost or its controller wrote in between. */
const attempts = 12;

export interface ApplyOptions {
  /** The object as it was read; its resourceVersion is the precondition. That it was not there is one too. */
  live?: Resource | undefined;
  dryRun?: boolean;
}

/**
 * Server-side apply under manager `cutover`, without force. Where only people's tools own what we set, it is applied again with
 * force, on the very version whose managers were read.
 * @throws refused naming manager and field, conflict when the object changed since it was read.
 */
export async function applyObject(
  client: Client,
  intent: Resource,
  { live, dryRun = false }: ApplyOptions = {},
): Promise<Resource> {
  let current = live;
  let force = false;
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.patch(refOf(intent), { type: "apply", body: pinned(intent, current), force }, { dryRun });
    } catch (error) {
      if (attempt === attempts) throw error;
      // The same apply again is the same: whichever of the two lands first, the other changes nothing or fails.
      if (isUnknownResult(error)) continue;
      if (live === undefined) throw error;
      const conflicts = fieldConflicts(error);
      const foreign = conflicts.filter(({ manager }) => !people.test(manager));
      if (foreign.length > 0) throw ownedBySomeoneElse(intent, foreign, error);
      if (conflicts.length > 0) {
        force = true;
      } else {
        current = await unchanged(client, live, error);
        force = false;
      }
    }
  }
}

/** No object ever has it. An apply on it makes what is not there, and is a conflict where somebody else has made it since. */
const noVersion = "1";

/** The intent, valid for the version that was read only. */
function pinned(intent: Resource, live: Resource | undefined): Resource {
  const { uid, resourceVersion } = live?.metadata ?? {};
  if (live === undefined) return { ...intent, metadata: { ...intent.metadata, resourceVersion: noVersion } };
  if (uid === undefined || resourceVersion === undefined) return intent;
  return { ...intent, metadata: { ...intent.metadata, uid, resourceVersion } };
}

function ownedBySomeoneElse(
  { kind, metadata: { name } }: Resource,
  conflicts: readonly { manager: string; field: string }[],
  cause: unknown,
): CutoverError {
  const fields = conflicts.map(({ manager, field }) => `${field} (${manager})`).join(", ");
  const [keeper = ""] = conflicts.map(({ manager }) => manager);
  const kept = conflicts.filter(({ manager }) => manager === keeper).map(({ field }) => field);
  const remedy = remedyFor(keeper, ...kept);
  return new CutoverError("refused", `${kind} ${name} has fields that something else keeps: ${fields}`, {
    hint:
      remedy === undefined
        ? "Take these fields out of the manifests, or take the object out of that controller's hands."
        : `Take these fields out of the manifests. Or: ${remedy}`,
    cause,
  });
}
