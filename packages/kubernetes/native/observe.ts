import {
  type ActiveService,
  annotation,
  type Color,
  neededReplicas,
  type Observed,
  otherColor,
  type Slot,
} from "@cutover/release";
import { activeColor, isAdopted, labelValue, slotDeployment } from "./adopted.ts";
import { type Deployment, isOwnedBy, type Labels, matches, numberOf, type Pod } from "./kinds.ts";
import { portsToCome, unknownPort } from "./ports.ts";
import { readRevision } from "./revisions.ts";
import { autoscalerOf, targetOf } from "./scaling.ts";
import type { Setting } from "./setting.ts";
import type { Snapshot } from "./snapshot.ts";
import { canonicalTemplate, hashOfTemplate, imagesOf } from "./source.ts";
import { readState } from "./state.ts";
import { wantedHashes } from "./wanted.ts";

/** What a snapshot means in the domain's words. Pure but for the calendar's `now`. */
export function interpret(snapshot: Snapshot, setting: Setting, lock: Pick<Observed, "locked" | "busy">): Observed {
  const slots = { blue: slotOf("blue", snapshot, setting), green: slotOf("green", snapshot, setting) };
  const history = snapshot.revisions.map(readRevision).toSorted((a, b) => b.revision - a.revision);
  return {
    ...lock,
    service: serviceOf(snapshot, setting, slots),
    slots,
    history,
    wanted: wantedHashes(snapshot, setting, defectsOf(snapshot, setting)),
    adoption: snapshot.adoption,
  };
}

function serviceOf(snapshot: Snapshot, setting: Setting, slots: Observed["slots"]): ActiveService {
  const { service } = snapshot;
  const active = activeColor(snapshot, setting);
  const state = readState(service);
  const isOurs = state !== undefined && state.color === active;
  const ago = state === undefined ? 0 : setting.clock.date().getTime() - Date.parse(state.switchedAt);
  return {
    name: setting.service,
    exists: service !== undefined,
    active,
    // Somebody else moved the selector: then the slot knows better than the Service what is active.
    revision:
      active === undefined || isOurs
        ? numberOf(service, annotation.revision)
        : (slots[active].revision ?? numberOf(service, annotation.revision)),
    rolledBackFrom: isOurs ? state.rolledBackFrom : undefined,
    lastSwitch: state === undefined ? undefined : { at: state.switchedAt, ago: Math.max(0, ago) },
    endpoints: {
      blue: readyEndpoints(snapshot, setting, "blue").length,
      green: readyEndpoints(snapshot, setting, "green").length,
    },
    defects: defectsOf(snapshot, setting),
    obstacles: { blue: obstaclesTo("blue", snapshot, setting), green: obstaclesTo("green", snapshot, setting) },
  };
}

function slotOf(color: Color, snapshot: Snapshot, setting: Setting): Slot {
  const deployment = snapshot.deployments[color];
  const replicaSet = expectedReplicaSet(color, snapshot);
  const pods = readyPods(snapshot, setting, color);
  const replicas = deployment === undefined ? 0 : (deployment.spec.replicas ?? 1);
  return {
    color,
    deployment: slotDeployment(color, snapshot, setting),
    exists: deployment !== undefined,
    revision: numberOf(deployment, annotation.revision),
    hash: deployment === undefined ? undefined : hashOf(deployment, color, { setting, revisions: snapshot.revisions }),
    images: imagesOf(deployment?.spec.template),
    replicaSet,
    replicas,
    target: targetOf(color, snapshot, setting),
    needed: neededReplicas(replicas, deployment?.spec.strategy?.rollingUpdate?.maxUnavailable),
    ready: pods.filter((pod) => isOwnedBy(pod, replicaSet)).length,
    settled: replicaSet !== undefined && pods.every((pod) => isOwnedBy(pod, replicaSet)),
    adopted: isAdopted(deployment, color),
    autoscaler: autoscalerOf(color, snapshot, setting),
  };
}

/**
 * Uid of the ReplicaSet that the Deployment's pods must belong to: the one with its template, as the Deployment controller finds it.
 * Neither the revision annotation nor observedGeneration will do: where pods and template change at once the controller reports the
 * write as seen before it has made the ReplicaSet, and any annotation of ours makes a new generation.
 */
export function expectedReplicaSet(color: Color, { deployments, replicaSets }: Snapshot): string | undefined {
  const deployment = deployments[color];
  return deployment === undefined ? undefined : replicaSetOf(deployment, replicaSets);
}

export function replicaSetOf(deployment: Deployment, replicaSets: Snapshot["replicaSets"]): string | undefined {
  const template = canonicalTemplate(deployment.spec.template);
  const own = replicaSets.filter((one) => isOwnedBy(one, deployment.metadata.uid));
  return own.find((one) => canonicalTemplate(one.spec.template) === template)?.metadata.uid;
}

export function isReadyPod(pod: Pod): boolean {
  const isReady = pod.status?.conditions?.some(
    (condition) => condition.type === "Ready" && condition.status === "True",
  );
  return isReady === true && pod.metadata.deletionTimestamp === undefined;
}

/** Ready pods that the Service would send to if it selected this color, whoever owns them. */
export function readyPods(snapshot: Snapshot, setting: Setting, color: Color): readonly Pod[] {
  return podsOf(snapshot, setting, color).filter(isReadyPod);
}

/** Pods that the Service would select if they were ready and it selected this color. */
export function podsOf(snapshot: Snapshot, { colorLabel }: Setting, color: Color): readonly Pod[] {
  const value = labelValue(color, snapshot);
  return snapshot.pods.filter((pod) => pod.metadata.labels?.[colorLabel] === value);
}

/** Uids of the pods of a color that the Service's slices list as ready. */
export function readyEndpoints(snapshot: Snapshot, setting: Setting, color: Color): readonly string[] {
  const ofColor = new Set(podsOf(snapshot, setting, color).map((pod) => pod.metadata.uid));
  const ready = snapshot.slices.flatMap((slice) =>
    (slice.endpoints ?? []).filter((endpoint) => endpoint.conditions?.ready !== false),
  );
  return [...new Set(ready.map((endpoint) => endpoint.targetRef?.uid ?? ""))].filter((uid) => ofColor.has(uid));
}

interface Known {
  setting: Setting;
  revisions: Snapshot["revisions"];
}

/** What was written when it was released, unless its images are others by now. */
function hashOf(deployment: Deployment, color: Color, { setting: { source, colorLabel }, revisions }: Known): string {
  const { template } = deployment.spec;
  const written = template.metadata?.annotations?.[annotation.hash];
  if (written === undefined) return hashOfTemplate(template, colorLabel);
  const rendered = source.kind === "manifests" ? source.rendered[color] : undefined;
  const entry = revisions.map(readRevision).find(({ hashes }) => hashes[color] === written);
  const meant = rendered?.hash === written ? rendered.images : entry?.images;
  const live = imagesOf(template);
  const isAsMeant = Object.entries(meant ?? {}).every(([name, image]) => live[name] === image);
  return isAsMeant ? written : `${written}, changed by hand`;
}

function noColor(name: string, label: string, selector: Labels = {}): string {
  const labels = Object.keys(selector).join(", ");
  return `${name} selects no color: its selector has ${labels === "" ? "no label" : labels}, and not ${label} (input \`color-label\`)`;
}

/** What makes every switch of this Service unsafe or meaningless. */
function defectsOf(snapshot: Snapshot, setting: Setting): readonly string[] {
  const { service } = snapshot;
  if (service === undefined) return [];
  const { type, selector, publishNotReadyAddresses } = service.spec;
  const name = `Service ${setting.service}`;
  const label = setting.colorLabel;
  const selected = selector?.[label];
  if (type === "ExternalName") return [`${name} is of type ExternalName: it selects no pods`];
  if (publishNotReadyAddresses)
    return [`${name} has publishNotReadyAddresses, so traffic would reach pods before they are ready`];
  if (snapshot.adoption !== undefined || activeColor(snapshot, setting) !== undefined) return [];
  const remedy = "blue-green-deploy takes it over with `adopt: true`";
  if (selected === undefined) return [`${noColor(name, label, selector)}; ${remedy}`];
  return [`${name} selects ${label}=${selected}, which is neither blue nor green; ${remedy}`];
}

/** Why a switch to `color` would lose requests now. */
function obstaclesTo(color: Color, snapshot: Snapshot, setting: Setting): readonly string[] {
  const { service } = snapshot;
  const deployment = snapshot.deployments[color];
  const { adoption } = snapshot;
  const isToBeColored = adoption?.missing === "color" && adoption.color === color;
  if (service === undefined || deployment === undefined || isToBeColored) return [];
  const selector = { ...service.spec.selector, [setting.colorLabel]: labelValue(color, snapshot) };
  const name = slotDeployment(color, snapshot, setting);
  if (!matches(selector, deployment.spec.template.metadata?.labels)) {
    const wanted = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
    return [
      `Service ${setting.service} would select no pod of Deployment ${name}: its pods do not carry ${wanted.join(", ")}`,
    ];
  }
  const revised = { color, revision: numberOf(deployment, annotation.revision) };
  const port = unknownPort(portsToCome(setting, snapshot, revised) ?? service.spec.ports, deployment.spec.template);
  if (port !== undefined)
    return [`Service ${setting.service} sends to port ${port}, which no container of Deployment ${name} has`];
  const expected = expectedReplicaSet(color, snapshot);
  const ready = readyPods(snapshot, setting, color);
  const strangers = ready.filter((pod) => matches(selector, pod.metadata.labels) && !isOwnedBy(pod, expected));
  if (strangers.length > 0) {
    return [
      `Service ${setting.service} would also select pod ${strangers[0]?.metadata.name}, which is not of the proved ReplicaSet of ${name}`,
    ];
  }
  return lostNodes(color, snapshot, setting);
}

/** With traffic policy `Local`, a node whose only ready pod is of the old color would answer nobody. */
function lostNodes(color: Color, snapshot: Snapshot, setting: Setting): readonly string[] {
  const { service } = snapshot;
  const isLocal = [service?.spec.externalTrafficPolicy, service?.spec.internalTrafficPolicy].includes("Local");
  if (!isLocal || activeColor(snapshot, setting) === color) return [];
  const nodes = (one: Color) => new Set(readyPods(snapshot, setting, one).map((pod) => pod.spec.nodeName));
  const covered = nodes(color);
  const lost = [...nodes(otherColor(color))].filter((node) => !covered.has(node));
  if (lost.length === 0) return [];
  return [
    `Service ${setting.service} has traffic policy Local, and ${color} has no ready pod on node ${lost.join(", ")}`,
  ];
}
