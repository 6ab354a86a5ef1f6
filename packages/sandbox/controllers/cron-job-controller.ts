import { controlledBy, controllerOf, keyOf } from "../api-object.ts";
import type { CronJob, CronJobStatus, Job } from "../batch.ts";
import { remove } from "../deletion.ts";
import { recordEvent } from "../events.ts";
import { objectAt } from "../json.ts";
import type { Registry } from "../registry.ts";
import { ApiError } from "../status.ts";
import { parseCron } from "./cron-schedule.ts";
import { finishedCondition } from "./job-status.ts";
import { manager } from "./owned-pod.ts";
import { OwnerIndex } from "./owner-index.ts";
import { writeStatus } from "./status-write.ts";
import { WorkQueue } from "./work-queue.ts";

const component = "cronjob-controller";

/** Creates Jobs when their time has come (kubernetes/pkg/controller/cronjob). */
export function startCronJobController(registry: Registry, reactionMs: number): void {
  const controller = new CronJobController(registry);
  const queue = new WorkQueue(registry.clock, reactionMs, (key) => {
    const again = controller.reconcile(key);
    if (again !== undefined) queue.add(key, again);
  });
  registry.store.subscribe(({ kind, object }) => {
    if (kind === "CronJob") queue.add(keyOf(object));
    const owner = kind === "Job" ? controllerOf(object) : undefined;
    if (owner?.kind === "CronJob") queue.add(`${object.metadata.namespace}/${owner.name}`);
  });
}

class CronJobController {
  readonly #registry: Registry;
  readonly #jobs: OwnerIndex<"Job">;

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#jobs = new OwnerIndex(registry.store, "Job");
  }

  /** @returns after how many milliseconds to come back, if at all */
  reconcile(key: string): number | undefined {
    const [namespace, name = ""] = key.split("/");
    const cron = this.#registry.store.get("CronJob", namespace, name);
    if (cron === undefined || cron.metadata.deletionTimestamp !== undefined) return undefined;
    const jobs = this.#jobs.ownedBy(cron.metadata.uid);
    const seen = this.#observe(cron, jobs);
    this.#trim(cron, jobs);
    const { spec } = cron;
    const schedule = parseCron(spec.schedule, spec.timeZone);
    const now = this.#registry.clock.date().getTime();
    let status = seen;
    const next = schedule?.next(now);
    if (schedule !== undefined && !spec.suspend) {
      const due = lastDue(schedule.next, Date.parse(seen.lastScheduleTime ?? cron.metadata.creationTimestamp), now);
      const isLate =
        spec.startingDeadlineSeconds !== undefined &&
        due !== undefined &&
        now - due > spec.startingDeadlineSeconds * 1_000;
      if (due !== undefined && !isLate) status = this.#start(cron, seen, due);
    }
    writeStatus(this.#registry, { kind: "CronJob", live: cron }, status);
    return next === undefined || spec.suspend ? undefined : next - now + 100;
  }

  /** Which of its Jobs run, and when the last good one ended. */
  #observe(cron: CronJob, jobs: readonly Job[]): CronJobStatus {
    const active = (cron.status.active ?? []).filter((reference) => {
      const job = jobs.find(({ metadata }) => metadata.uid === reference.uid);
      const finished = job === undefined ? undefined : finishedCondition(job);
      if (job !== undefined && finished !== undefined) {
        this.#tell(cron, "SawCompletedJob", `Saw completed job: ${job.metadata.name}, condition: ${finished.type}`);
      }
      return job !== undefined && finished === undefined;
    });
    const ended = jobs.flatMap(({ status }) => status.completionTime ?? []);
    const last = [...ended, cron.status.lastSuccessfulTime ?? ""].toSorted((a, b) => (a < b ? 1 : -1))[0];
    const { active: _, ...rest } = cron.status;
    return { ...rest, ...(active.length === 0 ? {} : { active }), ...(last ? { lastSuccessfulTime: last } : {}) };
  }

  #start(cron: CronJob, status: CronJobStatus, due: number): CronJobStatus {
    const { concurrencyPolicy } = cron.spec;
    const running = status.active ?? [];
    if (concurrencyPolicy === "Forbid" && running.length > 0) {
      const why = "Not starting job because prior execution is running and concurrency policy is Forbid";
      this.#tell(cron, "JobAlreadyActive", why);
      return status;
    }
    if (concurrencyPolicy === "Replace") for (const { name } of running) this.#delete(cron, String(name));
    const kept = concurrencyPolicy === "Replace" ? [] : running;
    const job = this.#create(cron, due);
    if (job === undefined) return status;
    const { name, namespace = "", uid, resourceVersion } = job.metadata;
    const reference = { kind: "Job", namespace, name, uid, apiVersion: "batch/v1", resourceVersion };
    return { ...status, active: [...kept, reference], lastScheduleTime: isoSeconds(due) };
  }

  #create(cron: CronJob, due: number): Job | undefined {
    const { namespace, name } = cron.metadata;
    const { metadata, spec } = cron.spec.jobTemplate;
    const jobName = `${name}-${Math.floor(due / 60_000)}`;
    const scheduled = { "batch.kubernetes.io/cronjob-scheduled-timestamp": isoSeconds(due) };
    const draft = {
      metadata: {
        ...(metadata?.labels === undefined ? {} : { labels: metadata.labels }),
        annotations: { ...objectAt(metadata, "annotations"), ...scheduled },
        name: jobName,
        ownerReferences: [controlledBy(cron)],
      },
      spec,
    };
    try {
      const known = this.#registry.store.get("Job", namespace, jobName);
      if (known !== undefined) return known;
      const job = this.#registry.create({ kind: "Job", namespace }, draft, { manager });
      this.#tell(cron, "SuccessfulCreate", `Created job ${jobName}`);
      return job;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#tell(cron, "FailedCreate", `Error creating job: ${error.message}`);
      return undefined;
    }
  }

  /** Forgets the oldest of the Jobs that ended. */
  #trim(cron: CronJob, jobs: readonly Job[]): void {
    const limits = { Complete: cron.spec.successfulJobsHistoryLimit, Failed: cron.spec.failedJobsHistoryLimit };
    for (const [type, limit] of Object.entries(limits)) {
      const ended = jobs.filter((job) => finishedCondition(job)?.type === type);
      for (const { metadata } of ended.slice(0, Math.max(0, ended.length - limit))) this.#delete(cron, metadata.name);
    }
  }

  #delete(cron: CronJob, name: string): void {
    const { namespace } = cron.metadata;
    if (this.#registry.store.get("Job", namespace, name) === undefined) return;
    remove(this.#registry, { kind: "Job", namespace, name }, { propagation: "Background" });
    this.#tell(cron, "SuccessfulDelete", `Deleted job ${name}`);
  }

  #tell(cron: CronJob, reason: string, message: string): void {
    const type = reason === "FailedCreate" ? "Warning" : "Normal";
    recordEvent(this.#registry, cron, { type, reason, message, component });
  }
}

/** The last time that was due since; who missed several makes up for one. */
function lastDue(next: (after: number) => number | undefined, since: number, now: number): number | undefined {
  let due: number | undefined;
  for (let at = next(since); at !== undefined && at <= now; at = next(at)) due = at;
  return due;
}

function isoSeconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}
