import type { Color } from "./color.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Outcome, RevisionResult } from "./model.ts";
import type { Parting } from "./parting.ts";

/** One idempotent action of a plan. Each reads its precondition, writes, and reads back. */
export type Step =
  | { kind: "lock" }
  /** Gives what already serves a revision of its own, so that a rollback can come back to it. */
  | { kind: "record-baseline"; color: Color }
  /** Gives what serves the color, by a rolling update of its own. */
  | { kind: "adopt"; color: Color; revision: number; deployment: string }
  /** The Service's selector gets the color of what it sends to already. */
  | { kind: "narrow"; color: Color; revision: number }
  /** Takes the color off again. */
  | { kind: "unadopt"; color: Color; deployment: string }
  | { kind: "record"; color: Color }
  | { kind: "prepare"; color: Color; revision: number }
  /** What has no traffic keeps its pods: without that its autoscaler would take them away. */
  | { kind: "hold-floor"; color: Color; pods: number }
  /** The autoscaler goes as low again as its owner lets it. */
  | { kind: "restore-floor"; color: Color }
  | { kind: "await-ready"; color: Color; revision: number }
  | { kind: "probe"; color: Color; revision: number }
  | { kind: "smoke"; color: Color; revision: number }
  /** `leaves` is the revision that a rollback goes back from; 0 when nobody knows its number. */
  | { kind: "switch"; from: Color | undefined; to: Color; revision: number; leaves?: number }
  | { kind: "switch-back"; from: Color; to: Color; revision: number | undefined }
  | { kind: "confirm"; color: Color; revision: number }
  | { kind: "soak"; color: Color; revision: number }
  | { kind: "mark"; revision: number; result: RevisionResult }
  | { kind: "drain"; color: Color; milliseconds: number }
  | { kind: "retire"; color: Color; how: "scale-down" | "delete" };

export type StepKind = Step["kind"];

/** What comes next: one step, or the end. */
export type Decision = { kind: "step"; step: Step } | End;

/** How a run ends, and for the user why. */
export type End =
  | { kind: "done"; outcome: Outcome; reason: string; hint?: string }
  | { kind: "refused"; reason: string; hint: string };

/** Why a revision was not good. */
export interface Failure {
  outcome: Extract<Outcome, "failed" | "timed-out">;
  revision: number;
  color: Color;
  step: StepKind;
  reason: string;
  hint?: string;
  diagnosis?: Diagnosis;
}

/** What this run has proved itself. A rerun proves it again; what was written is observed, never remembered. */
export interface Evidence {
  /** Uids of the ReplicaSets of which each was proved. */
  probed?: string;
  smoked?: string;
  confirmed?: string;
  soaked?: string;
  /** The switch (`ActiveService.lastSwitch.at`) whose old connections were given their time. */
  drained?: string;
  /** How the slot that this run retired was left, if connections were open or could not be counted. */
  parting?: Parting;
  /** This run moved the traffic. */
  switched?: boolean;
  /** This run moved it back. */
  switchedBack?: boolean;
  failure?: Failure;
}

export const noEvidence: Evidence = {};

/** The title that a step has in the log, the summary and the report. */
export function title(step: Step): string {
  switch (step.kind) {
    case "lock":
      return "Lock and claim";
    case "record-baseline":
      return `Record what ${step.color} serves now`;
    case "adopt":
      return `Adopt Deployment ${step.deployment} as ${step.color}`;
    case "narrow":
      return `Narrow the selector to ${step.color}`;
    case "unadopt":
      return `Take the color off Deployment ${step.deployment}`;
    case "record":
      return `Record the release for ${step.color}`;
    case "prepare":
      return `Prepare ${step.color} with revision ${step.revision}`;
    case "hold-floor":
      return `Hold the autoscaler of ${step.color} at ${step.pods} pods`;
    case "restore-floor":
      return `Give the autoscaler of ${step.color} its own floor back`;
    case "await-ready":
      return `Wait until ${step.color} is ready`;
    case "probe":
      return `Probe the preview pods of ${step.color}`;
    case "smoke":
      return `Smoke-test ${step.color}`;
    case "switch":
      return step.from === undefined
        ? `Switch traffic to ${step.to}`
        : `Switch traffic from ${step.from} to ${step.to}`;
    case "switch-back":
      return `Switch traffic back from ${step.from} to ${step.to}`;
    case "confirm":
      return `Confirm that ${step.color} serves revision ${step.revision}`;
    case "soak":
      return `Soak ${step.color}`;
    case "mark":
      return `Mark revision ${step.revision} ${step.result}`;
    case "drain":
      return `Drain ${step.color}`;
    case "retire":
      return step.how === "delete" ? `Delete ${step.color}` : `Scale ${step.color} down`;
  }
}
