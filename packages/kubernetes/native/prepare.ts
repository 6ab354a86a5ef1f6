import { CutoverError, type Observed } from "@cutover/release";
import type { Metadata } from "../client/model.ts";
import { applyRendered } from "./apply-rendered.ts";
import { annotating, createOn, jsonPatchOn, writeOn } from "./conditional.ts";
import { annotationsOf, type Change, type Filling, type Prepare } from "./filling.ts";
import { refuseKept } from "./keepers.ts";
import { type Autoscaler, as, type DeploymentSpec } from "./kinds.ts";
import { describeImages } from "./record.ts";
import { type Recorded, readRecorded } from "./revisions.ts";
import { checkSecrets } from "./secrets.ts";
import { hashOfTemplate, imagesOf, recolored, specWithImages } from "./source.ts";
import { modelDeployments } from "./wanted.ts";
import type { Done, Work } from "./work.ts";

/** Puts a revision into the inactive slot, with as many pods as serve now. */
export async function prepare(work: Work, step: Prepare, observed: Observed): Promise<Done> {
  const changes = await fillSlot(work, step, { observed });
  for (const { before, after } of changes) {
    work.setting.log.info(`${before === undefined ? "Wrote" : "Changed"} ${after.kind} ${after.metadata.name}`);
  }
  const written = changes.find(({ after }) => after.kind === "Deployment")?.after;
  const { snapshot } = work;
  if (written === undefined) return { evidence: {} };
  const deployments = { ...snapshot.deployments, [step.color]: as("Deployment", written) };
  return { evidence: {}, snapshot: { ...snapshot, deployments, autoscalers: scaledBy(changes, snapshot) } };
}

function scaledBy(changes: readonly Change[], { autoscalers }: Work["snapshot"]): readonly Autoscaler[] {
  const written = changes.filter(({ after }) => after.kind === "HorizontalPodAutoscaler");
  const names = written.map(({ after }) => after.metadata.name);
  const others = autoscalers.filter(({ metadata }) => !names.includes(metadata.name));
  return [...others, ...written.map(({ after }) => as("HorizontalPodAutoscaler", after))];
}

/** The writes of `prepare`; with `dryRun` the server only says what they would make. */
export async function fillSlot(
  work: Work,
  step: Prepare,
  { observed, dryRun = false }: { observed: Observed; dryRun?: boolean },
): Promise<readonly Change[]> {
  const slot = observed.slots[step.color];
  const revision = observed.history.find((one) => one.revision === step.revision);
  const recorded = recordedOf(work, step);
  if (work.setting.source.kind === "history") await checkSecrets(work, recorded, step.color);
  const isThere = work.snapshot.deployments[step.color] !== undefined && slot.hash === revision?.hashes[step.color];
  // Under another number its ConfigMaps may be those of a release that came no further.
  const isWhole = recorded?.kind !== "manifests" || slot.revision === step.revision;
  const content = isThere && isWhole ? undefined : contentOf(work, step, recorded);
  const filling = { work, step, replicas: Math.max(slot.target, slot.replicas), dryRun };
  if (content?.kind === "manifests") return await applyRendered(filling, content.rendered);
  return [await writeDeployment(filling, content?.spec)];
}

function recordedOf({ snapshot }: Work, { revision }: Prepare): Recorded | undefined {
  const entry = snapshot.revisions.find((one) => one.revision === revision);
  return entry === undefined ? undefined : readRecorded(entry);
}

/** The release's own content, or that of the revision that a rollback goes back to. */
function contentOf(
  { setting, snapshot }: Work,
  { color, revision }: Prepare,
  recorded: Recorded | undefined,
): Recorded {
  const { source, colorLabel, service } = setting;
  if (source.kind === "manifests") return source;
  if (source.kind === "images") {
    const spec = specWithImages(color, {
      deployments: modelDeployments(snapshot, setting),
      images: source.images,
      colorLabel,
    });
    if (spec !== undefined) return { kind: "deployment", spec };
  }
  if (recorded !== undefined) return recorded;
  throw new CutoverError("refused", `Revision ${revision} of Service ${service} is not in the history any more`, {
    hint: "Roll back to another revision, or release that version anew.",
  });
}

/** One conditional write of template, replicas and revision; a slot that was deleted is made again. */
async function writeDeployment(
  { work, step, replicas, dryRun }: Filling,
  spec: DeploymentSpec | undefined,
): Promise<Change> {
  const { client, namespace, deployments, colorLabel, log } = work.setting;
  const before = work.snapshot.deployments[step.color];
  const annotations = annotationsOf(work, step);
  const wanted = spec === undefined ? undefined : recolored(spec, colorLabel, step.color);
  if (wanted !== undefined) log.info(describeImages(imagesOf(wanted.template)));
  if (before === undefined) {
    if (wanted === undefined) throw new Error(`Nothing to make ${step.color} from`);
    const metadata = {
      name: deployments[step.color],
      namespace,
      labels: { ...wanted.template.metadata?.labels },
      annotations,
    };
    const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { ...wanted, replicas } };
    return { before, after: await createOn(client, deployment, { dryRun }) };
  }
  const isSame =
    wanted === undefined ||
    hashOfTemplate(wanted.template, colorLabel) === hashOfTemplate(before.spec.template, colorLabel);
  if (!isSame) refuseKept(before);
  const operations = [
    { op: "add" as const, path: "/spec/replicas", value: replicas },
    ...(isSame ? [] : [{ op: "replace" as const, path: "/spec/template", value: wanted.template }]),
  ];
  const patch = (current: Metadata) => jsonPatchOn(current, [...annotating(current, annotations), ...operations]);
  return { before, after: await writeOn(client, before, { patch, dryRun }) };
}
