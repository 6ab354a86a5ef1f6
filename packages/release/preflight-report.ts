import type { CheckResult } from "./verdict.ts";

/** Everything that a summary or a report tells of one preflight. Plain values; times in epoch milliseconds. */
export interface PreflightReport {
  readonly services: readonly string[];
  readonly namespace: string;
  /** `https://host:port` of the API server. */
  readonly server: string;
  readonly verdict: "pass" | "warn" | "fail";
  /** One sentence on all of them. */
  readonly sentence: string;
  /** Worst first. */
  readonly results: readonly CheckResult[];
  readonly actor: string;
  readonly runUrl: string;
  readonly commit: string;
  readonly startedAt: number;
  readonly finishedAt: number;
}
