import type { Condition } from "../api-object.ts";
import type { Deployment, DeploymentStatus, ReplicaSet } from "../workloads.ts";
import { unavailableOf } from "./new-replica-set.ts";

interface Cause {
  readonly reason: string;
  readonly message: string;
}

/** What the controller reports (kubernetes/pkg/controller/deployment/progress.go and sync.go). */
export function deploymentStatus(
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  { fresh, now }: { fresh: ReplicaSet | undefined; now: string },
): DeploymentStatus {
  const counts = countsOf(deployment, sets, fresh);
  const before = deployment.status.conditions ?? [];
  const available = counts.availableReplicas >= deployment.spec.replicas - unavailableOf(deployment);
  const cause = available
    ? { reason: "MinimumReplicasAvailable", message: "Deployment has minimum availability." }
    : { reason: "MinimumReplicasUnavailable", message: "Deployment does not have minimum availability." };
  const failure = sets.flatMap((set) => set.status.conditions ?? []).find(({ type }) => type === "ReplicaFailure");
  const progress = progressOf(deployment, { counts, fresh, now });
  const conditions = [
    turned(before, { type: "Available", status: available ? "True" : "False", ...cause }, now),
    ...(progress === undefined ? [] : [progress]),
    ...(failure === undefined ? [] : [turned(before, onDeployment(failure), now)]),
  ];
  const shown = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  return { ...shown, conditions };
}

/** Milliseconds until the rollout must have moved; `undefined` where nothing is waited for. */
export function msToDeadline({ spec, status }: Deployment, now: Date): number | undefined {
  const progressing = status.conditions?.find(({ type }) => type === "Progressing");
  const waiting = progressing?.status === "True" && progressing.reason !== "NewReplicaSetAvailable";
  if (!waiting) return undefined;
  const due = Date.parse(progressing.lastUpdateTime ?? "") + spec.progressDeadlineSeconds * 1_000;
  return Math.max(1, due - now.getTime() + 1);
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
  const total = sum(({ status }) => status.replicas);
  const availableReplicas = sum(({ status }) => status.availableReplicas);
  return {
    observedGeneration: deployment.metadata.generation ?? 0,
    replicas: total,
    updatedReplicas: fresh?.status.replicas ?? 0,
    readyReplicas: sum(({ status }) => status.readyReplicas),
    availableReplicas,
    unavailableReplicas: Math.max(0, sum(({ spec }) => spec.replicas) - availableReplicas),
  };
}

function progressOf(
  deployment: Deployment,
  { counts, fresh, now }: { counts: Counts; fresh: ReplicaSet | undefined; now: string },
): Condition | undefined {
  const { spec, status, metadata } = deployment;
  const known = status.conditions?.find(({ type }) => type === "Progressing");
  if (spec.paused) return known;
  const subject = fresh === undefined ? `Deployment "${metadata.name}"` : `ReplicaSet "${fresh.metadata.name}"`;
  const wasComplete = counts.replicas === counts.updatedReplicas && known?.reason === "NewReplicaSetAvailable";
  if (wasComplete) return known;
  const to = (cause: Cause, holds: boolean): Condition => {
    const next: Condition = { type: "Progressing", status: holds ? "True" : "False", ...cause };
    const since = known?.status === next.status ? known.lastTransitionTime : now;
    return { ...next, lastUpdateTime: now, lastTransitionTime: since ?? now };
  };
  if (isComplete(deployment, counts)) {
    return to({ reason: "NewReplicaSetAvailable", message: `${subject} has successfully progressed.` }, true);
  }
  if (known === undefined || hasMoved(status, counts)) {
    return to({ reason: "ReplicaSetUpdated", message: `${subject} is progressing.` }, true);
  }
  if (known.reason === "NewReplicaSetAvailable" || known.status === "False") return known;
  const late = Date.parse(now) - Date.parse(known.lastUpdateTime ?? now) >= spec.progressDeadlineSeconds * 1_000;
  const text = `${subject} has timed out progressing.`;
  return late ? to({ reason: "ProgressDeadlineExceeded", message: text }, false) : known;
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

/** Times move only when a condition says something new. */
function turned(before: readonly Condition[], next: Condition, now: string): Condition {
  const old = before.find(({ type }) => type === next.type);
  if (old?.status === next.status && old.reason === next.reason && old.message === next.message) return old;
  const since = old?.status === next.status ? old.lastTransitionTime : now;
  return { ...next, lastUpdateTime: now, lastTransitionTime: since ?? now };
}

function onDeployment({ type, status, reason = "", message = "" }: Condition): Condition {
  return { type, status, reason, message };
}
