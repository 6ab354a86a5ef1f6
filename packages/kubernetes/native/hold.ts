import { annotation, type Step } from "@cutover/release";
import { activeColor } from "./adopted.ts";
import { checkClaim, writeOn } from "./conditional.ts";
import { noteOn, readFloor } from "./floor.ts";
import { type Autoscaler, as } from "./kinds.ts";
import { liveAutoscaler } from "./scaling.ts";
import type { Done, Work } from "./work.ts";

/** Raises what the slot's autoscaler does not go below, and notes on it what that was. */
export async function holdFloor(work: Work, { color, pods }: Extract<Step, { kind: "hold-floor" }>): Promise<Done> {
  const scaler = liveAutoscaler(color, work.snapshot, work.setting);
  if (scaler === undefined) return { evidence: {} };
  const written = await writeFloor(work, scaler, { minReplicas: pods, note: noteOn(scaler, pods) });
  const { own = 1 } = readFloor(written);
  work.setting.log.info(`HorizontalPodAutoscaler ${written.metadata.name} keeps ${pods} pods instead of ${own}`);
  // What serves may have grown while its preview was waited for: then it is held anew.
  if (color === activeColor(work.snapshot, work.setting)) return { evidence: {} };
  return { evidence: {}, snapshot: withAutoscaler(work, written) };
}

/** The owner's floor again, and the note off. */
export async function restoreFloor(
  work: Work,
  { color }: Pick<Extract<Step, { kind: "restore-floor" }>, "color">,
): Promise<Done> {
  const scaler = liveAutoscaler(color, work.snapshot, work.setting);
  if (scaler === undefined) return { evidence: {} };
  const written = await writeFloor(work, scaler, { minReplicas: readFloor(scaler).own ?? null, note: null });
  const { floor } = readFloor(written);
  work.setting.log.info(`HorizontalPodAutoscaler ${written.metadata.name} keeps ${floor} pods again`);
  return { evidence: {}, snapshot: withAutoscaler(work, written) };
}

/** Conditional on the autoscaler as it was read; its own status does not count. */
async function writeFloor(
  { setting: { client }, claim }: Work,
  scaler: Autoscaler,
  { minReplicas, note }: { minReplicas: number | null; note: string | null },
): Promise<Autoscaler> {
  checkClaim(scaler, claim);
  const annotations = { [annotation.floor]: note, [annotation.epoch]: String(claim.epoch) };
  const written = await writeOn(client, scaler, ({ uid, resourceVersion }) => ({
    type: "merge",
    body: { metadata: { uid, resourceVersion, annotations }, spec: { minReplicas } },
  }));
  return as("HorizontalPodAutoscaler", written);
}

function withAutoscaler({ snapshot }: Work, written: Autoscaler): Work["snapshot"] {
  const others = snapshot.autoscalers.filter(({ metadata }) => metadata.name !== written.metadata.name);
  return { ...snapshot, autoscalers: [...others, written] };
}
