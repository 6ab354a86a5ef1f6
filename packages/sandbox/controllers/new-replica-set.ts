import { createHash } from "node:crypto";
import { controlledBy } from "../api-object.ts";
import { canonical, equal, type JsonObject, objectAt, withValue } from "../json.ts";
import type { Registry } from "../registry.ts";
import type { Deployment, PodTemplate, ReplicaSet } from "../workloads.ts";

/** Who the controllers are as field managers. */
export const manager = "kube-controller-manager";

const revisionKey = "deployment.kubernetes.io/revision";
const hashLabel = "pod-template-hash";

/** The ReplicaSet that has the Deployment's present template. */
export function findNewReplicaSet(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  return sets.find((set) => equal(withoutHash(set.spec.template), withoutHash(deployment.spec.template)));
}

/** Creates the ReplicaSet of the present template, or makes an old one current again under the next revision. */
export function ensureNewReplicaSet(
  registry: Registry,
  deployment: Deployment,
  { sets, found }: { sets: readonly ReplicaSet[]; found: ReplicaSet | undefined },
): ReplicaSet {
  const highest = Math.max(0, ...sets.filter((set) => set !== found).map(revisionOf));
  const revision = found === undefined || revisionOf(found) < highest ? highest + 1 : revisionOf(found);
  const annotations = {
    ...inherited(deployment),
    "deployment.kubernetes.io/desired-replicas": String(deployment.spec.replicas),
    "deployment.kubernetes.io/max-replicas": String(deployment.spec.replicas + surgeOf(deployment)),
    [revisionKey]: String(revision),
  };
  const set = found === undefined ? create(registry, deployment, annotations) : annotate(registry, found, annotations);
  recordRevision(registry, deployment, { set, revision, isNew: found === undefined });
  return set;
}

/** An integer or a percentage of `replicas`, rounded up or down. */
export function resolved(
  value: number | string | undefined,
  replicas: number,
  round: (value: number) => number,
): number {
  if (typeof value === "number") return value;
  return round((Number.parseFloat(value ?? "0") / 100) * replicas);
}

export function surgeOf({ spec }: Deployment): number {
  return spec.strategy.type === "Recreate"
    ? 0
    : resolved(spec.strategy.rollingUpdate?.maxSurge, spec.replicas, Math.ceil);
}

/** At least one pod may be missing where no surge is allowed. */
export function unavailableOf(deployment: Deployment): number {
  const { spec } = deployment;
  if (spec.strategy.type === "Recreate" || spec.replicas === 0) return 0;
  const allowed = resolved(spec.strategy.rollingUpdate?.maxUnavailable, spec.replicas, Math.floor);
  return Math.min(spec.replicas, allowed === 0 && surgeOf(deployment) === 0 ? 1 : allowed);
}

function create(registry: Registry, deployment: Deployment, annotations: JsonObject): ReplicaSet {
  const { spec, metadata } = deployment;
  const hash = templateHash(spec.template);
  const labels = { ...objectAt(spec.template, "metadata", "labels"), [hashLabel]: hash };
  const { matchLabels, ...expressions } = spec.selector;
  const draft = {
    metadata: { name: `${metadata.name}-${hash}`, labels, annotations, ownerReferences: [controlledBy(deployment)] },
    spec: {
      replicas: 0,
      ...(spec.minReadySeconds === undefined ? {} : { minReadySeconds: spec.minReadySeconds }),
      selector: { ...expressions, matchLabels: { ...matchLabels, [hashLabel]: hash } },
      template: withValue(spec.template, ["metadata", "labels"], labels),
    },
  };
  return registry.create({ kind: "ReplicaSet", namespace: metadata.namespace }, draft, { manager });
}

function annotate(registry: Registry, set: ReplicaSet, annotations: JsonObject): ReplicaSet {
  const { namespace, name } = set.metadata;
  const next = { ...set.metadata.annotations, ...annotations };
  const change = (live: ReplicaSet): JsonObject => ({ ...live, metadata: { ...live.metadata, annotations: next } });
  return registry.update({ kind: "ReplicaSet", namespace, name }, change, { manager });
}

function recordRevision(
  registry: Registry,
  { metadata }: Deployment,
  { set, revision, isNew }: { set: ReplicaSet; revision: number; isNew: boolean },
): void {
  const { namespace, name } = metadata;
  const now = registry.timestamp;
  registry.update(
    { kind: "Deployment", namespace, name },
    (live) => {
      const current = live.status.conditions ?? [];
      const known = current.find(({ type }) => type === "Progressing");
      if (live.metadata.annotations?.[revisionKey] === String(revision) && known !== undefined && !isNew) return live;
      const [reason, verb] = isNew ? ["NewReplicaSetCreated", "Created"] : ["FoundNewReplicaSet", "Found"];
      const message = `${verb} new replica set "${set.metadata.name}"`;
      const since = known?.status === "True" ? known.lastTransitionTime : now;
      const times = { lastUpdateTime: now, lastTransitionTime: since ?? now };
      const progressing = { type: "Progressing", status: "True", ...times, reason, message };
      return {
        ...live,
        metadata: { ...live.metadata, annotations: { ...live.metadata.annotations, [revisionKey]: String(revision) } },
        status: { ...live.status, conditions: [...current.filter((other) => other !== known), progressing] },
      };
    },
    { manager, subresource: "status" },
  );
}

/** The Deployment's annotations go along, but for those that say how it was applied. */
function inherited({ metadata }: Deployment): JsonObject {
  const {
    "kubectl.kubernetes.io/last-applied-configuration": _,
    [revisionKey]: __,
    ...rest
  } = metadata.annotations ?? {};
  return rest;
}

function withoutHash(template: PodTemplate): JsonObject {
  return withValue(template, ["metadata", "labels", hashLabel], undefined);
}

function templateHash(template: PodTemplate): string {
  const letters = "bcdfghjklmnpqrstvwxz2456789";
  const digest = createHash("sha256").update(canonical(template)).digest();
  return [...digest.subarray(0, 10)].map((byte) => letters.charAt(byte % letters.length)).join("");
}

/** The Deployment's count of its templates at which this one was current. */
export function revisionOf({ metadata }: ReplicaSet): number {
  return Number(metadata.annotations?.[revisionKey] ?? 0);
}
