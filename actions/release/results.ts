import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Failure, Runner } from "@cutover/action-kit";
import {
  approvalOf,
  type Cut,
  type CutoverError,
  cutBy,
  type Ending,
  type ErrorCode,
  type Evidence,
  findGoal,
  type JointEnding,
  type Observed,
  type Outcome,
  type Wanted,
} from "@cutover/release";
import { renderReport, renderSummary } from "@cutover/report";
import type * as z from "zod";
import type { deployOutputs, releaseOutputs } from "./outputs.ts";
import { type ReportContext, reportOf } from "./report-of.ts";
import { standing } from "./standing.ts";

export type ReleaseOutputs = typeof releaseOutputs;
type Values = z.input<ReleaseOutputs>;

export interface ReleaseResult {
  outputs: Partial<z.input<typeof deployOutputs>>;
  failure?: Failure;
}

/** An output keeps the value that it was given last, so what is not there any more is said too. */
export function standingOutputs(observed: readonly Observed[]): Partial<Values> {
  const known = observed.filter(({ service }) => service.active !== undefined);
  const services = Object.fromEntries(known.map((one) => [one.service.name, { ...standing(one) }]));
  const [only, ...more] = observed;
  if (only === undefined || more.length > 0 || known.length === 0) return { services };
  const facts = standing(only);
  return { ...facts, services, state: { version: 1, service: only.service.name, ...facts } };
}

/** Publishes each fact as soon as it is known; a run that is killed has said what it knew. */
export function publisher(runner: Runner<ReleaseOutputs>, services: readonly string[]): (observed: Observed) => void {
  const newest = new Map<string, Observed>();
  let last = "";
  return (observed) => {
    newest.set(observed.service.name, observed);
    const inOrder = services.flatMap((service) => newest.get(service) ?? []);
    const facts = standingOutputs(inOrder);
    const text = JSON.stringify(facts);
    if (text !== last && inOrder.length === services.length) runner.setOutputs(facts);
    last = text;
  };
}

export interface Told {
  runner: Runner<ReleaseOutputs>;
  context: Pick<ReportContext, "wanted" | "reason" | "startedAt" | "identity">;
  /** In the order of the endings. */
  services: readonly Pick<ReportContext, "namespace" | "activeAtStart">[];
}

/** Outputs, summary and report of a run, whatever its outcome. */
export async function releaseResult(joint: JointEnding, told: Told): Promise<ReleaseResult> {
  const { runner } = told;
  const { endings, outcome, culprit } = joint;
  const path = await tell(joint, told);
  const known = standingOutputs(endings.map(({ observed }) => observed));
  const services = Object.fromEntries(
    endings.map(({ observed: { service }, ...ending }) => {
      const facts = ending.unseen === undefined ? known.services?.[service.name] : undefined;
      return [service.name, { outcome: ending.outcome, ...facts, ...lost(ending.evidence) }];
    }),
  );
  const [only] = endings;
  const reason = culprit?.reason ?? endings.map((one) => one.reason).join("\n");
  const outputs = {
    ...known,
    ...(known.state === undefined || only === undefined ? {} : { state: { ...known.state, ...lost(only.evidence) } }),
    ...(endings.some(({ unseen }) => unseen !== undefined) ? notSeen : {}),
    services,
    outcome,
    reason: firstLine(reason),
    ...(path === undefined ? {} : { report: path }),
    ...(culprit === undefined ? waiting(endings, told.context.wanted) : {}),
  };
  if (culprit === undefined) {
    for (const one of endings) runner.log.info(one.hint === undefined ? one.reason : `${one.reason}. ${one.hint}`);
    return { outputs };
  }
  const message = [reason, ...endings.map((ending) => whereTrafficIs(ending, endings.length > 1))].join("\n");
  const { hint, evidence } = culprit;
  return { outputs, failure: { message, hint, chapter: evidence.failure?.diagnosis?.anchor } };
}

/** What an earlier look found may not be true any more. */
const notSeen = {
  ...{ color: undefined, previousColor: undefined, revision: undefined },
  ...{ previousRevision: undefined, images: undefined, state: undefined },
};

/** What was cut with the old slot, if anything was; `connections` only where they could be counted. */
function lost({ parting }: Evidence): { cut?: Omit<Cut, "message" | "hint"> } {
  const cut = parting === undefined ? undefined : cutBy(parting);
  if (cut === undefined) return {};
  const { message: _message, hint: _hint, ...numbers } = cut;
  return { cut: numbers };
}

/** What `promote` is told: what was proved, or serves already. */
function waiting(endings: readonly Ending[], wanted: Wanted): Pick<ReleaseResult["outputs"], "preview"> {
  if (wanted.kind !== "deploy" || wanted.switch !== "manual") return {};
  const previews = endings.map(({ observed }) => {
    const goal = findGoal(observed, wanted);
    return [observed.service.name, "color" in goal ? approvalOf(observed, goal.color) : undefined];
  });
  return { preview: Object.fromEntries(previews) };
}

/** Writes summary and report; returns the report's path, if it could be written. */
async function tell(
  { endings, culprit }: JointEnding,
  { runner, context, services }: Told,
): Promise<string | undefined> {
  const finishedAt = runner.clock.date();
  const first = culprit?.observed.service.name;
  const inOrder = endings.map((ending, index) => {
    const { namespace = "", activeAtStart } = services[index] ?? {};
    return reportOf(ending, { ...context, namespace, activeAtStart, finishedAt });
  });
  // Whose trouble came first stands above those that only went with it.
  const reports = inOrder.toSorted((one, other) => Number(other.service === first) - Number(one.service === first));
  const [top, ...more] = reports;
  const name = more.length === 0 ? top?.service : `${reports.length}-services`;
  const path = join(runner.temp, `cutover-${top?.namespace}-${name}.html`);
  runner.addSummary(renderSummary(reports));
  try {
    await writeFile(path, renderReport(reports));
    return path;
  } catch (error) {
    runner.log.warning(`The report could not be written to ${path}: ${String(error)}`);
    return undefined;
  }
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

function whereTrafficIs(ending: Ending, isOneOfMany: boolean): string {
  const { outcome, observed, evidence, journal, unseen } = ending;
  const { service } = observed;
  const { active, revision, name } = service;
  const traffic = isOneOfMany ? `Traffic of ${name}` : "Traffic";
  const place = revision === undefined ? active : `${active} (revision ${revision})`;
  if (unseen !== undefined)
    return `${traffic} may be on ${unseen.to}: the answer to its switch never came. Before, it was on ${place ?? "no color"}.`;
  if (active === undefined) return isOneOfMany ? `Nothing was switched of ${name}.` : "Nothing was switched.";
  if (outcome === "superseded") return `${traffic} is on ${place} now.`;
  if (outcome === "refused" && !evidence.switched && journal.length > 0)
    return `Nothing was switched by this run; ${traffic.replace("T", "t")} is on ${place}.`;
  if (evidence.switchedBack) return `${traffic} is back on ${place}.`;
  return evidence.switched ? `${traffic} is on ${place}.` : `${traffic} stayed on ${place}; nothing was switched.`;
}
