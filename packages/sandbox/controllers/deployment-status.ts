import type { Condition } from "../api-object.ts";
import type { Deployment, DeploymentStatus, ReplicaSet } from "../workloads.ts";
import { withCondition, withoutCondition, withProgress } from "./deployment-conditions.ts";
import { unavailableOf } from "./rollout-limits.ts";

interface Situation {
  readonly fresh: ReplicaSet | undefined;
  readonly now: string;
  /** Whether this is a rollout, and no scaling: only then progress is judged. */
  readonly isRollout: boolean;
}

/** What the controller reports (kubernetes/pkg/controller/deployment/progress.go and sync.go). */
export function deploymentStatus(
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  { fresh, now, isRollout }: Situation,
): DeploymentStatus {
  const { status, spec } = deployment;
  const counts = countsOf(deployment, sets, fresh);
  const available = counts.availableReplicas >= spec.replicas - unavailableOf(deployment);
  const cause = available
    ? { reason: "MinimumReplicasAvailable", message: "Deployment has minimum availability." }
    : { reason: "MinimumReplicasUnavailable", message: "Deployment does not have minimum availability." };
  const availability = { type: "Available", status: available ? "True" : "False", ...cause } as const;
  let conditions = withCondition(status.conditions ?? [], availability, now);
  if (isRollout) conditions = withProgressOf(deployment, conditions, { counts, fresh, now });
  if (isRollout) conditions = withFailure(conditions, fresh === undefined ? sets : [fresh, ...sets], now);
  const shown = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  const { collisionCount } = status;
  return { ...shown, conditions, ...(collisionCount === undefined ? {} : { collisionCount }) };
}

/** The largest of integers stands for no deadline. */
export function hasDeadline({ spec }: Deployment): boolean {
  return spec.progressDeadlineSeconds < 2 ** 31 - 1;
}

/** Milliseconds until the rollout must have moved; `undefined` where nothing is waited for. */
export function msToDeadline(deployment: Deployment, now: Date): number | undefined {
  const { spec, status } = deployment;
  const progressing = status.conditions?.find(({ type }) => type === "Progressing");
  if (!hasDeadline(deployment) || spec.paused || progressing === undefined) return undefined;
  if (["NewReplicaSetAvailable", "ProgressDeadlineExceeded"].includes(progressing.reason ?? "")) return undefined;
  const due = Date.parse(progressing.lastUpdateTime ?? "") + spec.progressDeadlineSeconds * 1_000;
  return Math.max(0, due - now.getTime()) + 1_000;
}

interface Counts {
  readonly observedGeneration: number;
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly unavailableReplicas: number;
}

function countsOf(deployment: Deployment, sets: readonly ReplicaSet[], fresh: ReplicaSet | undefined): Counts {
  const sum = (count: (set: ReplicaSet) => number | undefined): number =>
    sets.reduce((total, set) => total + (count(set) ?? 0), 0);
  const availableReplicas = sum(({ status }) => status.availableReplicas);
  return {
    observedGeneration: deployment.metadata.generation ?? 0,
    replicas: sum(({ status }) => status.replicas),
    updatedReplicas: fresh?.status.replicas ?? 0,
    readyReplicas: sum(({ status }) => status.readyReplicas),
    availableReplicas,
    unavailableReplicas: Math.max(0, sum(({ spec }) => spec.replicas) - availableReplicas),
  };
}

function withProgressOf(
  deployment: Deployment,
  conditions: readonly Condition[],
  { counts, fresh, now }: { counts: Counts; fresh: ReplicaSet | undefined; now: string },
): readonly Condition[] {
  if (!hasDeadline(deployment)) return withoutCondition(conditions, "Progressing");
  const { spec, metadata, status } = deployment;
  const known = conditions.find(({ type }) => type === "Progressing");
  if (counts.replicas === counts.updatedReplicas && known?.reason === "NewReplicaSetAvailable") return conditions;
  const subject = fresh === undefined ? `Deployment "${metadata.name}"` : `ReplicaSet "${fresh.metadata.name}"`;
  if (isComplete(deployment, counts)) {
    const message = `${subject} has successfully progressed.`;
    return withProgress(conditions, { status: "True", reason: "NewReplicaSetAvailable", message }, now);
  }
  if (hasMoved(status, counts)) {
    const since = known?.status === "True" ? known.lastTransitionTime : now;
    const times = { lastUpdateTime: now, lastTransitionTime: since ?? now };
    const message = `${subject} is progressing.`;
    const next: Condition = { type: "Progressing", status: "True", ...times, reason: "ReplicaSetUpdated", message };
    return [...withoutCondition(conditions, "Progressing"), next];
  }
  if (known === undefined || known.reason === "NewReplicaSetAvailable") return conditions;
  const due = Date.parse(known.lastUpdateTime ?? now) + spec.progressDeadlineSeconds * 1_000;
  if (due >= Date.parse(now)) return conditions;
  const message = `${subject} has timed out progressing.`;
  return withProgress(conditions, { status: "False", reason: "ProgressDeadlineExceeded", message }, now);
}

function isComplete({ spec, metadata }: Deployment, counts: Counts): boolean {
  const { updatedReplicas, replicas, availableReplicas, observedGeneration } = counts;
  const all = [updatedReplicas, replicas, availableReplicas].every((count) => count === spec.replicas);
  return all && observedGeneration >= (metadata.generation ?? 0);
}

function hasMoved(before: DeploymentStatus, counts: Counts): boolean {
  const oldOnes = (status: DeploymentStatus): number => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    counts.updatedReplicas > (before.updatedReplicas ?? 0) ||
    oldOnes({ ...counts }) < oldOnes(before) ||
    counts.readyReplicas > (before.readyReplicas ?? 0) ||
    counts.availableReplicas > (before.availableReplicas ?? 0)
  );
}

/** The first failure of a ReplicaSet, that of the new one before all others. */
function withFailure(conditions: readonly Condition[], sets: readonly ReplicaSet[], now: string): readonly Condition[] {
  const failure = sets.flatMap((set) => set.status.conditions ?? []).find(({ type }) => type === "ReplicaFailure");
  if (failure === undefined) return withoutCondition(conditions, "ReplicaFailure");
  const { type, status, reason = "", message = "" } = failure;
  return withCondition(conditions, { type, status, reason, message }, now);
}
