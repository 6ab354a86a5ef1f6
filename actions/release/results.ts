import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Failure, Runner } from "@cutover/action-kit";
import type { CutoverError, Ending, ErrorCode, Observed, Outcome } from "@cutover/release";
import { renderReport, renderSummary } from "@cutover/report";
import type * as z from "zod";
import type { releaseOutputs } from "./outputs.ts";
import { type ReportContext, reportOf } from "./report-of.ts";
import { standing } from "./standing.ts";

export type ReleaseOutputs = typeof releaseOutputs;
type Values = z.input<ReleaseOutputs>;

export interface ReleaseResult {
  outputs: Partial<Values>;
  failure?: Failure;
}

/** An output keeps the value that it was given last, so what is not there any more is said too. */
export function standingOutputs(observed: Observed): Partial<Values> {
  const { name: service, active } = observed.service;
  if (active === undefined) return {};
  const known = standing(observed);
  return { ...known, state: { version: 1, service, ...known } };
}

/** Publishes each fact as soon as it is known; a run that is killed has said what it knew. */
export function publisher(runner: Runner<ReleaseOutputs>): (observed: Observed) => void {
  let last = "";
  return (observed) => {
    const facts = standingOutputs(observed);
    const text = JSON.stringify(facts);
    if (text !== last) runner.setOutputs(facts);
    last = text;
  };
}

export interface Told {
  runner: Runner<ReleaseOutputs>;
  context: Omit<ReportContext, "finishedAt">;
}

/** Outputs, summary and report of a run, whatever its outcome. */
export async function releaseResult(ending: Ending, { runner, context }: Told): Promise<ReleaseResult> {
  const report = reportOf(ending, { ...context, finishedAt: runner.clock.date() });
  const path = join(runner.temp, `cutover-${report.namespace}-${report.service}.html`);
  runner.addSummary(renderSummary(report));
  const written = await writeFile(path, renderReport(report)).then(
    () => true,
    (error: unknown) => runner.log.warning(`The report could not be written to ${path}: ${String(error)}`),
  );
  const { outcome, reason, hint, observed } = ending;
  const outputs = {
    ...standingOutputs(observed),
    outcome,
    reason: firstLine(reason),
    ...(written === true ? { report: path } : {}),
  };
  if (outcome === "succeeded") {
    runner.log.info(hint === undefined ? reason : `${reason}. ${hint}`);
    return { outputs };
  }
  const message = `${reason}\n${whereTrafficIs(ending)}`;
  return { outputs, failure: { message, hint, chapter: ending.evidence.failure?.diagnosis?.anchor } };
}

/** The outcome of a run that an error ended before it could begin. */
export function outcomeOf({ code }: CutoverError): Outcome {
  const outcomes: Partial<Record<ErrorCode, Outcome>> = {
    superseded: "superseded",
    "timed-out": "timed-out",
    unreachable: "failed",
    unavailable: "failed",
  };
  return outcomes[code] ?? "refused";
}

/** Outputs are short; the whole message stands in the log. */
export function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? "";
}

function whereTrafficIs({ outcome, observed: { service }, evidence }: Ending): string {
  const { active, revision } = service;
  if (active === undefined) return "Nothing was switched.";
  const place = revision === undefined ? active : `${active} (revision ${revision})`;
  if (outcome === "superseded") return `Traffic is on ${place} now.`;
  if (evidence.switchedBack) return `Traffic is back on ${place}.`;
  return evidence.switched ? `Traffic is on ${place}.` : `Traffic stayed on ${place}; nothing was switched.`;
}
