import type { ApiObject, Condition } from "./api-object.ts";
import type { JsonObject } from "./json.ts";
import type { LabelSelector, PodTemplate } from "./workloads.ts";

export interface JobStatus extends JsonObject {
  readonly conditions?: readonly Condition[];
  readonly startTime?: string;
  readonly completionTime?: string;
  readonly active?: number;
  readonly ready?: number;
  readonly succeeded?: number;
  readonly failed?: number;
  readonly terminating?: number;
}

export interface JobSpec extends JsonObject {
  readonly parallelism: number;
  /** Without it one success is enough. */
  readonly completions?: number;
  readonly backoffLimit: number;
  readonly activeDeadlineSeconds?: number;
  readonly ttlSecondsAfterFinished?: number;
  readonly suspend: boolean;
  readonly selector: LabelSelector;
  readonly template: PodTemplate;
}

export interface Job extends ApiObject {
  readonly spec: JobSpec;
  readonly status: JobStatus;
}

export interface CronJobStatus extends JsonObject {
  readonly active?: readonly JsonObject[];
  readonly lastScheduleTime?: string;
  readonly lastSuccessfulTime?: string;
}

export interface CronJob extends ApiObject {
  readonly spec: JsonObject & {
    readonly schedule: string;
    readonly timeZone?: string;
    readonly suspend: boolean;
    readonly concurrencyPolicy: string;
    readonly startingDeadlineSeconds?: number;
    readonly successfulJobsHistoryLimit: number;
    readonly failedJobsHistoryLimit: number;
    readonly jobTemplate: JsonObject & { readonly metadata?: JsonObject; readonly spec: JsonObject };
  };
  readonly status: CronJobStatus;
}
