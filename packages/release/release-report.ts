import type { Color } from "./color.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Images, Outcome, RevisionResult } from "./model.ts";

/** Everything that a report or a summary tells of one run, for one service. Plain values; times in epoch milliseconds. */
export interface ReleaseReport {
  kind: "release" | "rollback" | "retirement";
  service: string;
  namespace: string;
  outcome: Outcome;
  /** One sentence, or the error's message. */
  reason: string;
  /** What to do, where something is to be done. */
  hint: string | undefined;
  /** What is active at the end, and what a rollback would bring: as in the outputs of these names. */
  color: Color | undefined;
  previousColor: Color | undefined;
  revision: number | undefined;
  previousRevision: number | undefined;
  /** Who had the traffic when the run began. */
  activeAtStart: Color | undefined;
  /** What the active slot runs, by container. */
  images: Images;
  slots: readonly ReportedSlot[];
  steps: readonly ReportedStep[];
  /** Every move of the traffic, oldest first. */
  switches: readonly ReportedSwitch[];
  /** Newest first. */
  history: readonly ReportedRevision[];
  diagnosis?: Diagnosis;
  actor: string;
  runUrl: string;
  commit: string;
  startedAt: number;
  finishedAt: number;
}

export interface ReportedSlot {
  color: Color;
  deployment: string;
  exists: boolean;
  revision: number | undefined;
  /** Pods asked for, and ready ones. */
  replicas: number;
  ready: number;
}

export interface ReportedStep {
  title: string;
  startedAt: number;
  ms: number;
  result: "passed" | "failed";
  /** What it found, in a few words. */
  note?: string;
}

export interface ReportedSwitch {
  at: number;
  from: Color | undefined;
  to: Color;
}

export interface ReportedRevision {
  revision: number;
  result: RevisionResult | undefined;
  images: Images;
}

/** A stretch of time in which one color had the traffic; `undefined` where no color had it. */
export interface TrafficSpan {
  color: Color | undefined;
  from: number;
  to: number;
}

/** Who had the traffic from the run's start to its end, without gaps. */
export function trafficSpans({
  activeAtStart,
  switches,
  startedAt,
  finishedAt,
}: ReleaseReport): readonly TrafficSpan[] {
  const moves = switches.map(({ at, to }) => ({ at: Math.min(Math.max(at, startedAt), finishedAt), to }));
  const starts = [{ at: startedAt, to: activeAtStart }, ...moves];
  return starts.map(({ at, to }, index) => ({ color: to, from: at, to: starts[index + 1]?.at ?? finishedAt }));
}

/** Who has the traffic at the end. */
export function activeAtEnd({ activeAtStart, switches }: ReleaseReport): Color | undefined {
  return switches.at(-1)?.to ?? activeAtStart;
}
