import type { Conclusion, JobReport } from "../model.ts";

/** How a leg, or a job without a matrix, ended. */
export interface LegEnd {
  /** What `needs` says of it. */
  result: Conclusion;
  outputs: Readonly<Record<string, string>>;
  reports: Readonly<Record<string, JobReport>>;
}

/** How several jobs ended as one. */
export function worst(results: readonly Conclusion[]): Conclusion {
  const found = (["failure", "cancelled", "success"] as const).find((result) => results.includes(result));
  return found ?? "skipped";
}

/** What GitHub shows where a job cannot even be set up. */
export function brokenSetUp(message: string): JobReport["steps"][number] {
  return {
    ...{ name: "Set up job", id: undefined, outcome: "failure", conclusion: "failure", outputs: {}, summary: "" },
    ...{ annotations: [{ level: "error", message }], log: `##[error]${message}`, durationMs: 0 },
  };
}
