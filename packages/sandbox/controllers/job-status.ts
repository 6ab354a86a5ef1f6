import type { Condition } from "../api-object.ts";
import type { Job, JobStatus } from "../batch.ts";
import { isPodReady } from "../pods/pod-status.ts";
import type { Pod } from "../workloads.ts";

export interface JobCounts {
  readonly active: readonly Pod[];
  readonly terminating: number;
  readonly succeeded: number;
  readonly failed: number;
}

export interface Ending {
  readonly kind: "Complete" | "Failed";
  readonly reason: string;
  readonly message: string;
}

/** How the Job has ended, or will once its pods are gone (kubernetes/pkg/controller/job, syncJob). */
export function endingOf({ spec, status }: Job, counts: JobCounts, now: number): Ending | undefined {
  const aimed = status.conditions?.find(({ type }) => type === "FailureTarget");
  if (aimed !== undefined) return { kind: "Failed", reason: aimed.reason ?? "", message: aimed.message ?? "" };
  const { backoffLimit, activeDeadlineSeconds, completions, template } = spec;
  const restarts =
    template.spec.restartPolicy === "OnFailure" ? counts.active.reduce((sum, pod) => sum + restartsOf(pod), 0) : 0;
  if (counts.failed > backoffLimit || (restarts > 0 && restarts >= backoffLimit)) {
    const message = "Job has reached the specified backoff limit";
    return { kind: "Failed", reason: "BackoffLimitExceeded", message };
  }
  const since = status.startTime === undefined ? now : Date.parse(status.startTime);
  if (activeDeadlineSeconds !== undefined && !spec.suspend && now - since >= activeDeadlineSeconds * 1_000) {
    return { kind: "Failed", reason: "DeadlineExceeded", message: "Job was active longer than specified deadline" };
  }
  const isDone = completions === undefined ? counts.succeeded > 0 : counts.succeeded >= completions;
  const message = "Reached expected number of succeeded pods";
  return isDone && counts.active.length === 0 ? { kind: "Complete", reason: "CompletionsReached", message } : undefined;
}

/** The status that says so; a Job that fails says it before its last pods are gone. */
export function jobStatus(
  job: Job,
  counts: JobCounts,
  { ending, now }: { ending: Ending | undefined; now: string },
): JobStatus {
  const { spec, status } = job;
  const { active, terminating, succeeded, failed } = counts;
  const isOver = ending !== undefined && active.length === 0 && terminating === 0;
  const startTime = spec.suspend ? undefined : (status.startTime ?? now);
  const conditions = conditionsOf(job, { ending, isOver, now });
  return {
    ...(conditions.length === 0 ? {} : { conditions }),
    ...(startTime === undefined ? {} : { startTime }),
    ...(isOver && ending.kind === "Complete" ? { completionTime: now } : {}),
    ...(active.length === 0 ? {} : { active: active.length }),
    ...(succeeded === 0 ? {} : { succeeded }),
    ...(failed === 0 ? {} : { failed }),
    ready: active.filter(isPodReady).length,
    terminating,
    uncountedTerminatedPods: {},
  };
}

export function finishedCondition({ status }: Job): Condition | undefined {
  return status.conditions?.find(
    ({ type, status: holds }) => (type === "Complete" || type === "Failed") && holds === "True",
  );
}

function conditionsOf(
  { spec, status }: Job,
  { ending, isOver, now }: { ending: Ending | undefined; isOver: boolean; now: string },
): readonly Condition[] {
  const known = status.conditions ?? [];
  const suspended = known.find(({ type }) => type === "Suspended");
  const times = { lastProbeTime: now, lastTransitionTime: now };
  const say = (type: string, holds: boolean, why: { reason: string; message: string }): Condition => {
    return { type, status: holds ? "True" : "False", ...times, ...why };
  };
  const others = known.filter(({ type }) => type !== "Suspended");
  if (
    ending === undefined &&
    spec.suspend !== (suspended?.status === "True") &&
    (spec.suspend || suspended !== undefined)
  ) {
    const why = spec.suspend
      ? { reason: "JobSuspended", message: "Job suspended" }
      : { reason: "JobResumed", message: "Job resumed" };
    return [...others, say("Suspended", spec.suspend, why)];
  }
  if (ending === undefined) return known;
  const { kind, ...why } = ending;
  const interim = kind === "Failed" ? "FailureTarget" : "SuccessCriteriaMet";
  const first = known.some(({ type }) => type === interim) ? known : [...known, say(interim, true, why)];
  return isOver ? [...first, say(kind, true, why)] : first;
}

function restartsOf({ status }: Pod): number {
  const all = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return all.reduce((sum, { restartCount }) => sum + restartCount, 0);
}
