import { controllerOf, keyOf } from "../api-object.ts";
import type { Job } from "../batch.ts";
import { remove } from "../deletion.ts";
import { recordEvent } from "../events.ts";
import { hasEnded } from "../pods/pod-status.ts";
import type { Registry } from "../registry.ts";
import type { Change } from "../store.ts";
import type { Pod } from "../workloads.ts";
import { type Ending, endingOf, finishedCondition, type JobCounts, jobStatus } from "./job-status.ts";
import { createOwnedPod, deleteOwnedPod, isActive, type PodOwner } from "./owned-pod.ts";
import { OwnerIndex } from "./owner-index.ts";
import { writeStatus } from "./status-write.ts";
import { WorkQueue } from "./work-queue.ts";

const component = "job-controller";
const firstBackOffMs = 10_000;
const longestBackOffMs = 600_000;

/** Runs Jobs to their end. Each pod counts alike: indexes are not known. */
export function startJobController(registry: Registry, reactionMs: number): void {
  const controller = new JobController(registry);
  const queue = new WorkQueue(registry.clock, reactionMs, (key) => {
    const again = controller.reconcile(key);
    if (again !== undefined) queue.add(key, again);
  });
  registry.store.subscribe((change) => {
    if (change.kind === "Job") queue.add(keyOf(change.object));
    const owner = change.kind === "Pod" ? controllerOf(change.object) : undefined;
    if (owner?.kind !== "Job") return;
    controller.count(change, owner.uid);
    queue.add(`${change.object.metadata.namespace}/${owner.name}`);
  });
}

/** Pods that have ended, by uid, also those that are gone since. */
interface Tally {
  readonly succeeded: Set<string>;
  readonly failed: Set<string>;
  /** Failures since the last success, and when the last was. */
  row: { count: number; at: number };
}

class JobController {
  readonly #registry: Registry;
  readonly #pods: OwnerIndex<"Pod">;
  readonly #tallies = new Map<string, Tally>();

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#pods = new OwnerIndex(registry.store, "Pod");
  }

  count({ type, object }: Change, owner: string): void {
    // The change is about a pod.
    const pod = object as Pod;
    const { uid } = pod.metadata;
    const tally = this.#tallyOf(owner);
    if ((!hasEnded(pod) && type !== "DELETED") || tally.succeeded.has(uid) || tally.failed.has(uid)) return;
    const isGood = pod.status.phase === "Succeeded";
    (isGood ? tally.succeeded : tally.failed).add(uid);
    tally.row = isGood ? { count: 0, at: 0 } : { count: tally.row.count + 1, at: this.#registry.clock.now() };
  }

  /** @returns after how many milliseconds to come back, if at all */
  reconcile(key: string): number | undefined {
    const [namespace, name = ""] = key.split("/");
    const job = this.#registry.store.get("Job", namespace, name);
    if (job === undefined || job.metadata.deletionTimestamp !== undefined) return undefined;
    const finished = finishedCondition(job);
    if (finished !== undefined) return this.#expire(job, finished.lastTransitionTime ?? "");
    const now = this.#registry.clock.date().getTime();
    const before = this.#counts(job);
    const ending = endingOf(job, before, now);
    const retryMs = this.#level(job, before, ending);
    const status = jobStatus(job, this.#counts(job), { ending, now: this.#registry.timestamp });
    const live = writeStatus(this.#registry, { kind: "Job", live: job }, status);
    this.#tell(job, live, ending);
    const { activeDeadlineSeconds } = job.spec;
    const waits = retryMs === undefined ? [] : [retryMs];
    if (activeDeadlineSeconds !== undefined && ending === undefined && live.status.startTime !== undefined) {
      waits.push(Date.parse(live.status.startTime) + activeDeadlineSeconds * 1_000 - now);
    }
    return waits.length === 0 ? undefined : Math.max(0, Math.min(...waits));
  }

  #tallyOf(uid: string): Tally {
    const known = this.#tallies.get(uid) ?? { succeeded: new Set(), failed: new Set(), row: { count: 0, at: 0 } };
    this.#tallies.set(uid, known);
    return known;
  }

  #counts({ metadata }: Job): JobCounts {
    const pods = this.#pods.ownedBy(metadata.uid);
    const { succeeded, failed } = this.#tallyOf(metadata.uid);
    const ending = pods.filter((pod) => pod.metadata.deletionTimestamp !== undefined && !hasEnded(pod));
    return {
      active: pods.filter(isActive),
      terminating: ending.length,
      succeeded: succeeded.size,
      failed: failed.size,
    };
  }

  /** Creates or deletes pods; returns after how many milliseconds to try again. */
  #level(job: Job, { active, succeeded, terminating }: JobCounts, ending: Ending | undefined): number | undefined {
    const { parallelism, completions, suspend, template } = job.spec;
    const owner: PodOwner = { object: job, component };
    const open = completions === undefined ? (succeeded > 0 ? active.length : parallelism) : completions - succeeded;
    const wanted = suspend || ending !== undefined ? 0 : Math.max(0, Math.min(parallelism, open));
    for (const pod of active.slice(wanted)) deleteOwnedPod(this.#registry, owner, pod);
    const missing = wanted - active.length - terminating;
    if (missing <= 0) return undefined;
    const { count, at } = this.#tallyOf(job.metadata.uid).row;
    const backOff = count === 0 ? 0 : Math.min(firstBackOffMs * 2 ** (count - 1), longestBackOffMs);
    const wait = at + backOff - this.#registry.clock.now();
    if (count > 0 && wait > 0) return wait;
    for (let created = 0; created < missing; created += 1) {
      if (createOwnedPod(this.#registry, owner, { template }) !== undefined) return 1_000;
    }
    return undefined;
  }

  #tell(before: Job, after: Job, ending: Ending | undefined): void {
    const isNew = (type: string): boolean =>
      after.status.conditions?.some((one) => one.type === type && !before.status.conditions?.includes(one)) === true;
    const tell = (type: "Normal" | "Warning", reason: string, message: string): void =>
      recordEvent(this.#registry, after, { type, reason, message, component });
    if (isNew("Suspended"))
      tell(
        "Normal",
        after.spec.suspend ? "Suspended" : "Resumed",
        after.spec.suspend ? "Job suspended" : "Job resumed",
      );
    if (isNew("Complete")) tell("Normal", "Completed", "Job completed");
    if (isNew("Failed") && ending !== undefined) tell("Warning", ending.reason, ending.message);
  }

  #expire({ spec, metadata }: Job, since: string): number | undefined {
    const seconds = spec.ttlSecondsAfterFinished;
    if (seconds === undefined) return undefined;
    const left = Date.parse(since) + seconds * 1_000 - this.#registry.clock.date().getTime();
    if (left > 0) return left;
    const { namespace, name, uid } = metadata;
    remove(this.#registry, { kind: "Job", namespace, name }, { uid, propagation: "Foreground" });
    this.#tallies.delete(uid);
    return undefined;
  }
}
