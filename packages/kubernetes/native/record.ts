import {
  annotation,
  type Color,
  CutoverError,
  colors,
  type Images,
  nextRevision,
  type Observed,
} from "@cutover/release";
import type { Resource } from "../client/model.ts";
import { writeOn } from "./conditional.ts";
import { as, type ControllerRevision, type DeploymentSpec } from "./kinds.ts";
import { createRevision, type Entry } from "./revisions.ts";
import { withoutSecrets } from "./secrets.ts";
import type { Setting } from "./setting.ts";
import { hashOfTemplate, imagesOf, specWithImages } from "./source.ts";
import { modelDeployments } from "./wanted.ts";
import type { Done, Work } from "./work.ts";

/** Creates the history entry of the wanted release: its number is the release's revision from here on. */
export async function recordRelease(work: Work, color: Color, observed: Observed): Promise<Done> {
  const { step } = work.setting.identity;
  const entry = await record(work, observed, { ...contentOf(work, color, observed), step });
  const { snapshot } = work;
  return { evidence: {}, snapshot: { ...snapshot, revisions: [entry, ...snapshot.revisions] } };
}

function contentOf({ setting, snapshot }: Work, color: Color, observed: Observed): Omit<Entry, "revision"> {
  const { source, colorLabel } = setting;
  if (source.kind === "history") throw new Error("A rollback records no release");
  if (source.kind === "manifests") {
    const rendered = { blue: withoutSecrets(source.rendered.blue), green: withoutSecrets(source.rendered.green) };
    const hashes = observed.wanted ?? { blue: "", green: "" };
    return { hashes, images: source.rendered[color].images, recorded: { kind: "manifests", rendered } };
  }
  const spec = specWithImages(color, {
    deployments: modelDeployments(snapshot, setting),
    images: source.images,
    colorLabel,
  });
  if (spec === undefined) throw missing(setting, color);
  return describing(spec, hashOfTemplate(spec.template, colorLabel));
}

function describing(spec: DeploymentSpec, hash: string): Omit<Entry, "revision"> {
  return {
    hashes: { blue: hash, green: hash },
    images: imagesOf(spec.template),
    recorded: { kind: "deployment", spec },
  };
}

/** Gives what already serves a number, and writes that number on its slot and on the Service. */
export async function recordBaseline(work: Work, color: Color, observed: Observed): Promise<Done> {
  const { setting, snapshot } = work;
  const { client, colorLabel } = setting;
  const deployment = snapshot.deployments[color];
  if (deployment === undefined || snapshot.service === undefined) throw missing(setting, color);
  const hash = observed.slots[color].hash ?? hashOfTemplate(deployment.spec.template, colorLabel);
  const entry = openBaseline(work, observed, hash) ?? (await record(work, observed, describing(deployment.spec, hash)));
  const annotations = { [annotation.revision]: String(entry.revision) };
  const number = (live: Resource) =>
    writeOn(client, live, ({ uid, resourceVersion }) => ({
      type: "merge",
      body: { metadata: { uid, resourceVersion, annotations } },
    }));
  const deployments = { ...snapshot.deployments, [color]: as("Deployment", await number(deployment)) };
  const service = as("Service", await number(snapshot.service));
  const revisions = [entry, ...snapshot.revisions.filter((one) => one.revision !== entry.revision)];
  return { evidence: {}, snapshot: { ...snapshot, deployments, service, revisions } };
}

/** The entry that an attempt which came no further has left. */
function openBaseline({ snapshot }: Work, { history }: Observed, hash: string): ControllerRevision | undefined {
  const [newest] = history;
  const isOpen = newest?.result === undefined && newest?.hashes.blue === hash && newest.hashes.green === hash;
  return isOpen ? snapshot.revisions.find((one) => one.revision === newest?.revision) : undefined;
}

async function record(
  { setting, snapshot }: Work,
  observed: Observed,
  content: Omit<Entry, "revision">,
): Promise<ControllerRevision> {
  const { client, namespace, service: serviceName, identity, clock, log } = setting;
  const seen = [observed.service.revision, ...colors.map((color) => observed.slots[color].revision)];
  const revision = nextRevision(observed.history, seen);
  const entry = { revision, ...content };
  const created = await createRevision(client, {
    namespace,
    serviceName,
    service: snapshot.service,
    entry,
    identity,
    time: clock.date().toISOString(),
  });
  log.info(`Revision ${created.revision}: ${describeImages(content.images)}`);
  return created;
}

export function describeImages(images: Images): string {
  return Object.entries(images)
    .map(([container, image]) => `${container} ${image}`)
    .join(", ");
}

function missing({ service, deployments }: Setting, color: Color): CutoverError {
  return new CutoverError("not-found", `Deployment ${deployments[color]} of Service ${service} does not exist`, {
    hint: "Set `deployment` to the name pattern of the slots, or give `manifests` to create them from.",
  });
}
