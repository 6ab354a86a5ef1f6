import { annotation, type Color, type Identity, type Images, type Revision } from "@cutover/release";
import * as z from "zod";
import type { Client } from "../client/client.ts";
import type { Resource } from "../client/model.ts";
import { statusReason } from "../client/status.ts";
import { createOn, deleteOn, refOf, writeOn } from "./conditional.ts";
import { annotationOf, as, type ControllerRevision, type DeploymentSpec, type Service } from "./kinds.ts";
import type { Rendered } from "./source.ts";

/** What a history entry holds to make its release again. */
export type Recorded =
  | { kind: "manifests"; rendered: Readonly<Record<Color, Rendered>> }
  /** What was observed of the Deployment, where no manifests are given. */
  | { kind: "deployment"; spec: DeploymentSpec };

export interface Entry {
  revision: number;
  /** Who released it; none for what served before. */
  step?: string | undefined;
  hashes: Readonly<Record<Color, string>>;
  images: Images;
  recorded: Recorded;
}

const format = z.object({
  version: z.literal(1),
  hashes: z.object({ blue: z.string(), green: z.string() }),
  images: z.record(z.string(), z.string()),
  step: z.string().optional(),
  recorded: z.custom<Recorded>((value) => typeof value === "object" && value !== null && "kind" in value),
});

export function readRevision(resource: ControllerRevision): Revision {
  const parsed = format.safeParse(resource.data);
  const result = annotationOf(resource, annotation.result);
  return {
    revision: resource.revision,
    hashes: parsed.success ? parsed.data.hashes : { blue: "", green: "" },
    images: parsed.success ? parsed.data.images : {},
    step: parsed.data?.step,
    // An entry that nobody can read any more is no release to go back to.
    result: parsed.success ? (result === "confirmed" || result === "failed" ? result : undefined) : "failed",
  };
}

export function readRecorded(resource: ControllerRevision): Recorded | undefined {
  const parsed = format.safeParse(resource.data);
  return parsed.success ? parsed.data.recorded : undefined;
}

/** The Service in the manifests that a release was made from. */
export function recordedService(entry: ControllerRevision | undefined, color: Color): Service | undefined {
  const recorded = entry === undefined ? undefined : readRecorded(entry);
  const service = recorded?.kind === "manifests" ? recorded.rendered[color].service : undefined;
  return service === undefined ? undefined : as("Service", service);
}

export interface NewEntry {
  namespace: string;
  serviceName: string;
  service: Service | undefined;
  entry: Entry;
  identity: Identity;
  /** ISO 8601. */
  time: string;
}

/** Numbers in a row that may be taken already. */
const attempts = 20;

/** Creates the entry, which allocates its number: this one, or, where it is taken by another release, the next that is free. */
export async function createRevision(client: Client, wanted: NewEntry): Promise<ControllerRevision> {
  let revision = wanted.entry.revision;
  for (let attempt = 1; ; attempt++) {
    const resource = entryResource(wanted, revision);
    try {
      return as("ControllerRevision", await createOn(client, resource));
    } catch (error) {
      if (statusReason(error) !== "AlreadyExists" || attempt === attempts) throw error;
      const found = await client.find(refOf(resource));
      const taken = found === undefined ? undefined : as("ControllerRevision", found);
      // Ours, if an answer was lost, or that of a run which came no further.
      if (taken !== undefined && isOpenEntry(taken, wanted)) return taken;
      if (taken !== undefined) revision += 1;
    }
  }
}

function isOpenEntry(taken: ControllerRevision, { entry: { hashes } }: NewEntry): boolean {
  const known = readRevision(taken);
  return known.result === undefined && known.hashes.blue === hashes.blue && known.hashes.green === hashes.green;
}

function entryResource(
  { namespace, serviceName, service, entry, identity, time }: NewEntry,
  revision: number,
): Resource {
  const { hashes, images, step, recorded } = entry;
  return {
    apiVersion: "apps/v1",
    kind: "ControllerRevision",
    metadata: {
      name: `cutover-${serviceName}-${revision}`,
      namespace,
      labels: { [annotation.service]: serviceName },
      annotations: { [annotation.revision]: String(revision) },
      ...ownedBy(service),
    },
    revision,
    data: {
      version: 1,
      hashes,
      images,
      ...(step === undefined ? {} : { step }),
      recorded,
      commit: identity.commit,
      run: identity.runUrl,
      actor: identity.actor,
      time,
    },
  };
}

/** Writes how the release ended, and who owns the entry if the Service came after it. */
export async function markRevision(
  client: Client,
  live: ControllerRevision,
  mark: { result: "confirmed" | "failed"; service: Service | undefined },
): Promise<Resource> {
  const owners = live.metadata.ownerReferences === undefined ? ownedBy(mark.service) : {};
  return await writeOn(client, live, ({ uid, resourceVersion }) => ({
    type: "merge",
    body: { metadata: { uid, resourceVersion, annotations: { [annotation.result]: mark.result }, ...owners } } as never,
  }));
}

/** Removes entries that are no longer kept; one that has gone already is fine. @throws conflict for one that is being written. */
export async function forgetRevisions(client: Client, expired: readonly ControllerRevision[]): Promise<void> {
  for (const entry of expired) await deleteOn(client, entry);
}

function ownedBy(service: Service | undefined): Pick<Resource["metadata"], "ownerReferences"> {
  const uid = service?.metadata.uid;
  if (service === undefined || uid === undefined) return {};
  return { ownerReferences: [{ apiVersion: "v1", kind: "Service", name: service.metadata.name, uid }] };
}
