import { annotation, type Step } from "@cutover/release";
import type { Metadata, Resource } from "../client/model.ts";
import { checkClaim, writeOn } from "./conditional.ts";
import type { Change } from "./filling.ts";
import { as } from "./kinds.ts";
import { readRecorded } from "./revisions.ts";
import type { Done, Work } from "./work.ts";

type Adopt = Extract<Step, { kind: "adopt" }>;
type Unadopt = Extract<Step, { kind: "unadopt" }>;

/** Notes on the Deployment what color it is, and gives it to its pods, unless they carry the label already: an ordinary rolling update. */
export async function adopt(work: Work, step: Adopt): Promise<Done> {
  const { after } = await writeAdoption(work, step);
  const isRolling = work.snapshot.adoption?.missing === "color";
  work.setting.log.info(
    `Deployment ${step.deployment} is ${step.color} now${isRolling ? "; its pods get the color by a rolling update" : ""}`,
  );
  return colored(work, step.color, after);
}

function colored({ snapshot }: Work, color: Adopt["color"], after: Resource): Done {
  const deployments = { ...snapshot.deployments, [color]: as("Deployment", after) };
  return { evidence: {}, snapshot: { ...snapshot, deployments } };
}

/** The write of an adoption; with `dryRun` the server only says what it would make. */
export async function writeAdoption(work: Work, { color }: Adopt, { dryRun = false } = {}): Promise<Change> {
  const { adoption } = work.snapshot;
  const label = adoption?.missing === "color" ? color : undefined;
  return await writeColor(work, { color, mark: color, label, dryRun });
}

/** Takes the color off again: the pods from before come back. A label that was there before stays. */
export async function unadopt(work: Work, { color, deployment }: Unadopt): Promise<Done> {
  const label = hadLabel(work, color) ? undefined : null;
  const { after } = await writeColor(work, { color, mark: null, label, dryRun: false });
  work.setting.log.info(`Deployment ${deployment} is as it was before`);
  return colored(work, color, after);
}

/** Whether the pods carried the label before anything was written, as the baseline tells. */
function hadLabel({ setting: { colorLabel }, snapshot }: Work, color: Unadopt["color"]): boolean {
  const revision = snapshot.deployments[color]?.metadata.annotations?.[annotation.revision];
  const entry = snapshot.revisions.find((one) => String(one.revision) === revision);
  const recorded = entry === undefined ? undefined : readRecorded(entry);
  if (recorded?.kind !== "deployment") return true;
  return recorded.spec.template.metadata?.labels?.[colorLabel] !== undefined;
}

interface Coloring {
  color: Adopt["color"];
  mark: string | null;
  /** `undefined` leaves it as it is. */
  label: string | null | undefined;
  dryRun: boolean;
}

async function writeColor(work: Work, { color, mark, label, dryRun }: Coloring): Promise<Change> {
  const { client, colorLabel } = work.setting;
  const before = work.snapshot.deployments[color];
  if (before === undefined) throw new Error(`There is no Deployment for ${color}`);
  if (!dryRun) checkClaim(before, work.claim);
  const annotations = { [annotation.adopted]: mark, [annotation.epoch]: String(work.claim.epoch) };
  const spec = label === undefined ? {} : { spec: { template: { metadata: { labels: { [colorLabel]: label } } } } };
  const patch = {
    patch: ({ uid, resourceVersion }: Metadata) => ({
      type: "merge" as const,
      body: { metadata: { uid, resourceVersion, annotations }, ...spec } as never,
    }),
    dryRun,
  };
  return { before, after: as("Deployment", await writeOn(client, before, patch)) };
}
