import { type Condition, controlledBy, controllerOf } from "../api-object.ts";
import { recordEvent } from "../events.ts";
import { equal, type JsonObject, objectAt, withValue } from "../json.ts";
import type { Registry } from "../registry.ts";
import { ApiError } from "../status.ts";
import type { Deployment, ReplicaSet } from "../workloads.ts";
import { withProgress } from "./deployment-conditions.ts";
import { manager } from "./owned-pod.ts";
import { newReplicas } from "./rolling-update.ts";
import { surgeOf } from "./rollout-limits.ts";
import { hashLabel, hasTemplateOf, templateHash } from "./template-hash.ts";

const prefix = "deployment.kubernetes.io/";
const revisionKey = `${prefix}revision`;
const historyKey = `${prefix}revision-history`;
export const desiredKey = `${prefix}desired-replicas`;
export const maxKey = `${prefix}max-replicas`;
/** These of a Deployment's annotations its ReplicaSets do not inherit. */
const own = new Set(["kubectl.kubernetes.io/last-applied-configuration", revisionKey, historyKey, desiredKey, maxKey]);

/** The ReplicaSet that has the Deployment's present template; the oldest, if there are several. */
export function findNewReplicaSet(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  return sets.find((set) => hasTemplateOf(deployment, set));
}

/** The ReplicaSet of the present template, under the next revision if it was not current; the Deployment carries its number. */
export function currentReplicaSet(
  registry: Registry,
  deployment: Deployment,
  { fresh, old }: { fresh: ReplicaSet; old: readonly ReplicaSet[] },
): ReplicaSet {
  const next = Math.max(0, ...old.map(revisionOf)) + 1;
  const revision = Math.max(revisionOf(fresh), next);
  const set = annotated(registry, fresh, { ...inherited(deployment), ...revisionAnnotations(fresh, revision) });
  update(registry, deployment, (live) => {
    const known = live.status.conditions?.some(({ type }) => type === "Progressing");
    const cause = { reason: "FoundNewReplicaSet", message: `Found new replica set "${set.metadata.name}"` };
    return known
      ? withRevision(live, revision)
      : progressing(withRevision(live, revision), "True", { registry, cause });
  });
  return set;
}

/**
 * Creates the ReplicaSet of the present template; `undefined` where the server refuses it, which the Deployment then tells,
 * or where its name is taken, which counts as a collision (kubernetes/pkg/controller/deployment/sync.go).
 */
export function createReplicaSet(
  registry: Registry,
  deployment: Deployment,
  old: readonly ReplicaSet[],
): ReplicaSet | undefined {
  const { name, namespace } = deployment.metadata;
  const revision = Math.max(0, ...old.map(revisionOf)) + 1;
  const draft = draftOf(deployment, { revision, replicas: newReplicas(deployment, undefined, old) });
  const setName = String(draft.metadata.name);
  const taken = registry.store.get("ReplicaSet", namespace, setName);
  if (taken !== undefined) {
    if (controllerOf(taken)?.uid === deployment.metadata.uid && hasTemplateOf(deployment, taken)) return taken;
    const collisionCount = (deployment.status.collisionCount ?? 0) + 1;
    update(registry, deployment, (live) => ({ ...live, status: { ...live.status, collisionCount } }));
    return undefined;
  }
  try {
    const set = registry.create({ kind: "ReplicaSet", namespace }, draft, { manager });
    if (set.spec.replicas > 0)
      tell(registry, deployment, `Scaled up replica set ${setName} from 0 to ${set.spec.replicas}`);
    const cause = { reason: "NewReplicaSetCreated", message: `Created new replica set "${setName}"` };
    update(registry, deployment, (live) => progressing(withRevision(live, revision), "True", { registry, cause }));
    return set;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const message = `Failed to create new replica set "${setName}": ${error.message}`;
    const cause = { reason: "ReplicaSetCreateError", message };
    update(registry, deployment, (live) => progressing(live, "False", { registry, cause }));
    recordEvent(registry, deployment, { type: "Warning", ...cause, component: "deployment-controller" });
    if (registry.store.get("Deployment", namespace, name) === undefined) throw error;
    return undefined;
  }
}

/** Tells of a change of size as the real controller does. */
export function tell(registry: Registry, deployment: Deployment, message: string): void {
  const component = "deployment-controller";
  recordEvent(registry, deployment, { type: "Normal", reason: "ScalingReplicaSet", message, component });
}

export function sizeAnnotations({ spec }: Deployment, surge: number): JsonObject {
  return { [desiredKey]: String(spec.replicas), [maxKey]: String(spec.replicas + surge) };
}

/** The Deployment's count of its templates at which this one was current. */
export function revisionOf({ metadata }: ReplicaSet): number {
  return Number(metadata.annotations?.[revisionKey] ?? 0);
}

/** Writes the Deployment's status and annotations. */
export function update(registry: Registry, { metadata }: Deployment, change: (live: Deployment) => Deployment): void {
  const { namespace, name } = metadata;
  registry.update({ kind: "Deployment", namespace, name }, change, { manager, subresource: "status" });
}

function draftOf(deployment: Deployment, { revision, replicas }: { revision: number; replicas: number }) {
  const { spec, metadata, status } = deployment;
  const hash = templateHash(spec.template, status.collisionCount ?? 0);
  const labels = { ...objectAt(spec.template, "metadata", "labels"), [hashLabel]: hash };
  const { matchLabels, ...expressions } = spec.selector;
  const annotations = {
    ...inherited(deployment),
    ...sizeAnnotations(deployment, surgeOf(deployment)),
    [revisionKey]: String(revision),
  };
  return {
    metadata: { name: `${metadata.name}-${hash}`, labels, annotations, ownerReferences: [controlledBy(deployment)] },
    spec: {
      replicas,
      ...(spec.minReadySeconds === undefined ? {} : { minReadySeconds: spec.minReadySeconds }),
      selector: { ...expressions, matchLabels: { ...matchLabels, [hashLabel]: hash } },
      template: withValue(spec.template, ["metadata", "labels"], labels),
    },
  };
}

/** What a ReplicaSet says of its revisions; those that it had before are its history. */
function revisionAnnotations(set: ReplicaSet, revision: number): JsonObject {
  const before = revisionOf(set);
  if (revision <= before) return {};
  const past = [set.metadata.annotations?.[historyKey], before === 0 ? undefined : String(before)].filter(Boolean);
  return { [revisionKey]: String(revision), ...(past.length === 0 ? {} : { [historyKey]: past.join(",") }) };
}

function annotated(registry: Registry, set: ReplicaSet, annotations: JsonObject): ReplicaSet {
  const { namespace, name } = set.metadata;
  const next = { ...set.metadata.annotations, ...annotations };
  if (equal(next, set.metadata.annotations)) return set;
  const change = (live: ReplicaSet): JsonObject => ({ ...live, metadata: { ...live.metadata, annotations: next } });
  return registry.update({ kind: "ReplicaSet", namespace, name }, change, { manager });
}

function withRevision(live: Deployment, revision: number): Deployment {
  if (live.metadata.annotations?.[revisionKey] === String(revision)) return live;
  const annotations = { ...live.metadata.annotations, [revisionKey]: String(revision) };
  return { ...live, metadata: { ...live.metadata, annotations } };
}

function progressing(
  live: Deployment,
  status: Condition["status"],
  { registry, cause }: { registry: Registry; cause: { reason: string; message: string } },
): Deployment {
  const conditions = withProgress(live.status.conditions ?? [], { status, ...cause }, registry.timestamp);
  return { ...live, status: { ...live.status, conditions } };
}

function inherited({ metadata }: Deployment): JsonObject {
  return Object.fromEntries(Object.entries(metadata.annotations ?? {}).filter(([key]) => !own.has(key)));
}
