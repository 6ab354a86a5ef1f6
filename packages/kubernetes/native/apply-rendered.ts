import { annotation, type Color } from "@cutover/release";
import type { Resource } from "../client/model.ts";
import { activeColor } from "./adopted.ts";
import { applyObject } from "./apply.ts";
import { refOf, substance, writeOn } from "./conditional.ts";
import { annotationsOf, type Change, type Filling } from "./filling.ts";
import { readFloor } from "./floor.ts";
import { restoreFloor } from "./hold.ts";
import { as, type Deployment } from "./kinds.ts";
import { checkLock } from "./lease.ts";
import { liveAutoscaler } from "./scaling.ts";
import { isNote } from "./secrets.ts";
import type { Rendered } from "./source.ts";

/** The objects in order, then the pods asked for: a Deployment is never applied with a number of pods, which an autoscaler may own. */
export async function applyRendered(
  filling: Filling,
  both: Readonly<Record<Color, Rendered>>,
): Promise<readonly Change[]> {
  const { client } = filling.work.setting;
  const rendered = both[filling.step.color];
  await freeAutoscaler(filling, rendered);
  const others = rendered.objects.filter((object) => object.kind !== "Deployment" && !isNote(object));
  const befores = await Promise.all(others.map((object) => client.find(refOf(object))));
  const slot = others.length === 0 ? liveSlot(filling) : await begin(filling);
  const write = async (object: Resource, index: number): Promise<Change> => {
    const before = befores[index];
    const intent = withEpoch(object, filling);
    return { before, after: await applyObject(client, intent, { live: before, dryRun: filling.dryRun }) };
  };
  const changes: Change[] = [];
  if (filling.dryRun) {
    changes.push(...(await sideBySide(others.map(write))));
    warnOfShared(changes, filling, both);
  } else {
    for (const [index, object] of others.entries()) changes.push(await write(object, index));
  }
  return [...changes, await applyDeployment(filling, rendered, slot)];
}

/** What the manifests say of an autoscaler's floor is its owner's will, and a note about an earlier one would be wrong. */
async function freeAutoscaler({ work, step: { color }, dryRun }: Filling, { objects }: Rendered): Promise<void> {
  const scaler = liveAutoscaler(color, work.snapshot, work.setting);
  const isWritten = objects.some(
    ({ kind, metadata }) => kind === scaler?.kind && metadata.name === scaler.metadata.name,
  );
  if (isWritten && scaler !== undefined && readFloor(scaler).held && !dryRun) await restoreFloor(work, { color });
}

/** What stores nothing needs no order. Of several failures the first in order is thrown, once all have ended. */
async function sideBySide<T>(work: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(work);
  return await Promise.all(work);
}

function liveSlot({ work: { snapshot }, step }: Filling): Deployment | undefined {
  return snapshot.deployments[step.color];
}

/**
 * From here on the slot no longer counts as the revision that it held, for its ConfigMaps and the like change before its pods do.
 * And whoever has been overtaken learns it here, before any of them is written.
 */
async function begin(filling: Filling): Promise<Deployment | undefined> {
  const live = liveSlot(filling);
  if (filling.dryRun) return live;
  // Where there is no slot to write on, the lock itself tells.
  if (live === undefined) return await checkLock(filling.work);
  const annotations = annotationsOf(filling.work, filling.step);
  const begun = await writeOn(filling.work.setting.client, live, ({ uid, resourceVersion }) => ({
    type: "merge",
    body: { metadata: { uid, resourceVersion, annotations } },
  }));
  return as("Deployment", begun);
}

/** The epoch on every object makes each a new version, so that a run that was overtaken cannot write it any more. */
function withEpoch(object: Resource, { work: { claim } }: Filling): Resource {
  const annotations = { ...object.metadata.annotations, [annotation.epoch]: String(claim.epoch) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

async function applyDeployment(filling: Filling, rendered: Rendered, before: Deployment | undefined): Promise<Change> {
  const { work, replicas, dryRun } = filling;
  const { client } = work.setting;
  const intent = deploymentIntent(filling, rendered.deployment);
  const applied = as("Deployment", await applyObject(client, intent, { live: before, dryRun }));
  if (dryRun) return { before, after: { ...applied, spec: { ...applied.spec, replicas } } };
  if (applied.spec.replicas === replicas) return { before, after: applied };
  const scaled = await writeOn(client, applied, ({ uid, resourceVersion }) => ({
    type: "merge",
    body: { metadata: { uid, resourceVersion }, spec: { replicas } },
  }));
  return { before, after: scaled };
}

function deploymentIntent({ work, step }: Filling, deployment: Resource): Resource {
  const { replicas: _replicas, ...spec } = as("Deployment", deployment).spec;
  const annotations = { ...deployment.metadata.annotations, ...annotationsOf(work, step) };
  return { ...deployment, metadata: { ...deployment.metadata, annotations }, spec };
}

/** What both colors share reaches the pods that serve now before anything is proved. */
function warnOfShared(
  changes: readonly Change[],
  { work: { setting, snapshot }, step }: Filling,
  both: Readonly<Record<Color, Rendered>>,
): void {
  const active = activeColor(snapshot, setting);
  if (active === undefined || active === step.color) return;
  const live = new Set(both[active].objects.map(identity));
  for (const { before, after } of changes) {
    if (!live.has(identity(after)) || before === undefined || isSame(before, after)) continue;
    const name = `${after.kind} ${after.metadata.name}`;
    setting.log.warning(
      `${name} is shared by both colors: its change reaches ${active}, which serves now, before ${step.color} is proved. Give it a name per color to keep them apart.`,
    );
  }
}

function identity({ apiVersion, kind, metadata: { name, namespace = "" } }: Resource): string {
  return [apiVersion, kind, namespace, name].join(" ");
}

function isSame(before: Resource, after: Resource): boolean {
  return substance(withoutEpoch(before)) === substance(withoutEpoch(after));
}

function withoutEpoch(object: Resource): Resource {
  const { [annotation.epoch]: _epoch, ...annotations } = object.metadata.annotations ?? {};
  return { ...object, metadata: { ...object.metadata, annotations } };
}
