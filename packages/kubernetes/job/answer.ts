import { formatDuration, oneLine, podSymptom, type Symptom } from "@cutover/release";
import { podFacts } from "../native/facts.ts";
import type { Pod } from "../native/kinds.ts";

/** How a container has ended. */
export interface Ending {
  readonly exitCode: number;
  /** The end of what it wrote to `/dev/termination-log`: all containers of a pod together may say 12 KiB. */
  readonly said: string;
}

/** Why a container has not ended. */
export interface Trouble {
  readonly kind: Symptom["kind"] | "refused" | "gone" | "late";
  /** To follow `its pod`: `could not be scheduled: 0/3 nodes are available`. */
  readonly why: string;
  readonly hint: string;
}

export type Answer = Ending | Trouble;

/** How long it has been waited, and how long each sign of trouble has been there, in milliseconds. */
export interface Waiting {
  readonly waited: number;
  readonly isOver: boolean;
  lasting(symptom: Symptom): number;
}

/** What is known of one container of the pod; `undefined` while it is worth waiting. */
export function answerOf(pod: Pod, container: string, waiting: Waiting): Answer | undefined {
  const state = pod.status?.containerStatuses?.find(({ name }) => name === container)?.state;
  if (state?.terminated !== undefined) {
    const { exitCode = 0, message = "", reason = "" } = state.terminated;
    return unstarted.has(reason) ? cannotStart(container, message) : { exitCode, said: message };
  }
  if (hasEnded(pod)) return gone(pod);
  if (state?.running !== undefined) return waiting.isOver ? late(waiting) : undefined;
  const facts = podFacts(pod, []);
  // Of the others some may have ended, and that is not why this one has not.
  const own = { ...facts, ready: false, containers: facts.containers.filter(({ name }) => name === container) };
  const symptom = podSymptom(own, {});
  return symptom === undefined ? undefined : troubleOf(symptom, waiting);
}

/** What container runtimes say where there is no such program in the image. */
const unstarted = new Set(["StartError", "ContainerCannotRun"]);

function cannotStart(container: string, message: string): Trouble {
  const hint = "Look whether its image has the program, for the processor of the nodes.";
  return { kind: "cannot-start", why: `could not start container ${container}: ${oneLine(message)}`, hint };
}

/** A pod that never came, and what the cluster has told of it. */
export function neverCame(refusal: string | undefined, waiting: Waiting): Trouble | undefined {
  if (refusal !== undefined) {
    const hint = "Look at the quotas, limits and admission rules of the namespace: kubectl describe quota,limits";
    return { kind: "refused", why: `was refused: ${oneLine(refusal)}`, hint };
  }
  if (!waiting.isOver) return undefined;
  const hint = "Look at the Job's events while it is there. With `list` for `events` the cause is told here.";
  return { kind: "late", why: `did not come within ${formatDuration(waiting.waited)}`, hint };
}

/** Somebody or something has taken it away, the Job's own deadline too. */
export function gone(pod: Pod): Trouble {
  const { reason = "", message = "" } = pod.status ?? {};
  const told = [reason, message].filter((text) => text !== "").join(": ");
  const hint = "Look who deletes or evicts pods in the namespace, and run it again.";
  return { kind: "gone", why: `went away before it answered${told === "" ? "" : `: ${oneLine(told)}`}`, hint };
}

function hasEnded({ status, metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined || status?.phase === "Failed" || status?.phase === "Succeeded";
}

function late({ waited }: Waiting): Trouble {
  const hint = "Look whether what it asks answers at all; its `within` may be longer than `timeout` allows.";
  return { kind: "late", why: `had not answered after ${formatDuration(waited)}`, hint };
}

/** A wait is worth while until the symptom condemns the pod, or the time is over. */
function troubleOf(symptom: Symptom, waiting: Waiting): Trouble | undefined {
  const { kind, cause, reason, message, hint, condemns } = symptom;
  const lasted = waiting.lasting(symptom);
  const isDoomed = condemns === "at-once" || (typeof condemns === "number" && lasted >= condemns);
  if (!isDoomed && !waiting.isOver) return undefined;
  const told = [reason, message].filter((text) => text !== "").join(": ");
  const after = kind === "starting" ? `was still starting after ${formatDuration(waiting.waited)}` : cause;
  return { kind, why: told === "" ? after : `${after} (${told})`, hint };
}
