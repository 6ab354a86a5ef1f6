import type { RolloutFacts } from "./pods.ts";
import { oneLine, type Symptom } from "./symptom.ts";

/** Milliseconds for which the API server may go on refusing pods: quota is freed, webhooks restart. */
const refusalGrace = 30_000;

/** The API server refuses to make pods; none while there are enough, since the condition may outlive the refusal. */
export function refusedPods(facts: RolloutFacts): readonly Symptom[] {
  if (facts.pods.filter((pod) => !pod.terminating).length >= facts.replicas) return [];
  const refusal = facts.conditions.find(({ type, status }) => type === "ReplicaFailure" && status === "True");
  if (!refusal) return [];
  const quota = /exceeded quota/i.test(refusal.message);
  return [
    {
      id: "rollout/pods-refused",
      kind: "pods-refused",
      pod: undefined,
      container: undefined,
      reason: refusal.reason,
      message: oneLine(refusal.message),
      cause: quota ? "the namespace's quota has no room for the pods" : "the API server refuses to make the pods",
      hint: quota
        ? quotaHint
        : "The message names who refuses and why: an admission policy, a missing ServiceAccount or PriorityClass, a limit range.",
      condemns: isPassing(refusal.message) ? "never" : refusalGrace,
    },
  ];
}

const quotaHint =
  "Both colors run at once, so the quota needs room for both: raise it, or have the old slot scaled down after each release (`previous: scale-down`).";

function isPassing(message: string): boolean {
  return /object has been modified|failed calling webhook|etcdserver|connection refused|deadline exceeded|timeout/i.test(
    message,
  );
}

/** The Deployment's own deadline passed. It may have passed in a run before this one, so it only explains. */
export function passedDeadline(facts: RolloutFacts): readonly Symptom[] {
  const deadline = facts.conditions.find(({ type, status, reason }) => {
    return type === "Progressing" && status === "False" && reason === "ProgressDeadlineExceeded";
  });
  if (!deadline) return [];
  return [
    {
      id: "rollout/progress-deadline",
      kind: "progress-deadline",
      pod: undefined,
      container: undefined,
      reason: deadline.reason,
      message: oneLine(deadline.message),
      cause: "the Deployment's own progressDeadlineSeconds passed",
      hint: "Raise spec.progressDeadlineSeconds if this start is as slow as it should be.",
      condemns: "never",
    },
  ];
}
