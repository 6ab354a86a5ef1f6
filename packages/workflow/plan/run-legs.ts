import { ExpressionProblem, evaluate, type Scope, textOf } from "../expression/evaluate.ts";
import type { Place } from "../model.ts";
import type { JobSource } from "../source/model.ts";
import { field } from "../source/tokens.ts";
import { type Call, extended } from "./call.ts";
import { type LegEnd, worst } from "./ends.ts";
import { type Leg, legName, legsOf } from "./matrix.ts";
import { runLeg } from "./run-leg.ts";

export interface JobInPlace {
  call: Call;
  source: JobSource;
  scope: Scope;
  place: Place;
  /** Cancels it. */
  signal: AbortSignal;
}

/** Runs the legs of a job's matrix side by side, as `strategy` asks; a job without one is its only leg. */
export async function runLegs(job: JobInPlace): Promise<LegEnd> {
  const { source, scope } = job;
  const strategy = field(source.token, "strategy");
  const asked = strategy === undefined ? {} : evaluateStrategy(strategy, scope);
  const legs = asked.matrix === undefined ? [undefined] : legsAt(asked.matrix, { source, scope });
  const failFast = asked["fail-fast"] !== false;
  const abort = new AbortController();
  const signal = AbortSignal.any([job.signal, abort.signal]);
  const ends: LegEnd[] = [];
  const limit = Number(asked["max-parallel"] ?? legs.length);
  const waiting = [...legs.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, leg] = next;
      const facts = { "fail-fast": failFast, "job-index": index, "job-total": legs.length, "max-parallel": limit };
      const own = extended(scope, { matrix: leg ?? null, strategy: facts });
      const end = await runLeg({ ...job, scope: own, place: placeOf(job, own, leg), signal });
      if (end.result === "failure" && failFast) abort.abort();
      ends.push(end);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, limit) }, work));
  return {
    result: worst(ends.map(({ result }) => result)),
    // The leg that ends last has the last word.
    outputs: Object.assign({}, ...ends.map(({ outputs }) => outputs)),
    reports: Object.assign({}, ...ends.map(({ reports }) => reports)),
  };
}

interface Strategy {
  matrix?: Readonly<Record<string, unknown>>;
  "fail-fast"?: unknown;
  "max-parallel"?: unknown;
}

function evaluateStrategy(token: NonNullable<ReturnType<typeof field>>, scope: Scope): Strategy {
  const value = evaluate(token, scope);
  return typeof value === "object" && value !== null ? value : {};
}

function legsAt(matrix: Readonly<Record<string, unknown>>, { source, scope }: Pick<JobInPlace, "source" | "scope">) {
  try {
    return legsOf(matrix);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExpressionProblem(`${scope.file}:${field(source.token, "strategy")?.line ?? 1} ${reason}`);
  }
}

function placeOf({ source, place, call }: JobInPlace, scope: Scope, leg: Leg | undefined): Place {
  const values = leg === undefined ? "" : ` ${legName(leg)}`;
  const name = field(source.token, "name");
  const caller = call.caller === undefined ? "" : `${call.caller.jobName} / `;
  const jobName = name?.isExpression === true ? `${caller}${textOf(name, scope)}` : `${place.jobName}${values}`;
  return { job: `${place.job}${values}`, jobName };
}
