import { type Autoscaler as AutoscalerFacts, annotation, type Color, colors, targetReplicas } from "@cutover/release";
import { activeColor, slotDeployment } from "./adopted.ts";
import { readFloor } from "./floor.ts";
import { type Autoscaler, as } from "./kinds.ts";
import type { Setting } from "./setting.ts";
import type { Snapshot } from "./snapshot.ts";

/** Pods that a slot of this color must have before it may get traffic; of what serves, those that it has. */
export function targetOf(color: Color, snapshot: Snapshot, setting: Setting): number {
  const wish = wishOf(color, snapshot, setting);
  const { active, live } = whatServes(snapshot, setting);
  const isServing = color === active && (setting.replicas === undefined || snapshot.adoption !== undefined);
  if (isServing) return live ?? 1;
  const scaler = comingAutoscaler(color, snapshot, setting) ?? liveAutoscaler(color, snapshot, setting);
  return Math.min(wish, scaler?.spec.maxReplicas ?? wish);
}

/** The same, if the slot's own autoscaler took none of them away. */
export function wishOf(color: Color, snapshot: Snapshot, setting: Setting): number {
  const { source } = setting;
  const manifest =
    source.kind === "manifests" ? as("Deployment", source.rendered[color].deployment).spec.replicas : undefined;
  const coming = comingAutoscaler(color, snapshot, setting);
  const scalers = [...colors.map((one) => liveAutoscaler(one, snapshot, setting)), coming];
  const floors = scalers.map((one) => (one === undefined ? 0 : (readFloor(one).own ?? 1)));
  const { live } = whatServes(snapshot, setting);
  return targetReplicas({ asked: setting.replicas, manifest, live, floor: Math.max(0, ...floors) });
}

function whatServes(snapshot: Snapshot, setting: Setting): { active: Color | undefined; live: number | undefined } {
  const active = snapshot.adoption?.color ?? activeColor(snapshot, setting);
  return { active, live: active === undefined ? undefined : (snapshot.deployments[active]?.spec.replicas ?? 1) };
}

/** What scales the slot, or is going to once the manifests are applied. */
export function autoscalerOf(color: Color, snapshot: Snapshot, setting: Setting): AutoscalerFacts | undefined {
  const scaler = liveAutoscaler(color, snapshot, setting) ?? comingAutoscaler(color, snapshot, setting);
  if (scaler === undefined) return undefined;
  const { floor, held, kept } = readFloor(scaler);
  return { name: scaler.metadata.name, floor, held, kept: kept !== undefined, ceiling: scaler.spec.maxReplicas };
}

export function liveAutoscaler(color: Color, snapshot: Snapshot, setting: Setting): Autoscaler | undefined {
  return scalerOf(slotDeployment(color, snapshot, setting), snapshot.autoscalers);
}

/** One in the manifests, which are not in the slot yet: what it will ask for counts before it is there. */
function comingAutoscaler(color: Color, { deployments }: Snapshot, { source }: Setting): Autoscaler | undefined {
  if (source.kind !== "manifests") return undefined;
  const { deployment, hash, objects } = source.rendered[color];
  if (deployments[color]?.spec.template.metadata?.annotations?.[annotation.hash] === hash) return undefined;
  const coming = objects.filter(({ kind }) => kind === "HorizontalPodAutoscaler");
  return scalerOf(
    deployment.metadata.name,
    coming.map((one) => as("HorizontalPodAutoscaler", one)),
  );
}

function scalerOf(deployment: string, scalers: readonly Autoscaler[]): Autoscaler | undefined {
  return scalers.find(
    ({ spec: { scaleTargetRef: target } }) => target.kind === "Deployment" && target.name === deployment,
  );
}
