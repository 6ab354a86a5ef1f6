import { ExpressionProblem, holds, type Scope, textOf } from "../expression/evaluate.ts";
import type { Conclusion, JobReport, Place } from "../model.ts";
import type { JobSource } from "../source/model.ts";
import { field } from "../source/tokens.ts";
import { type Call, extended, scopeOf } from "./call.ts";
import { control } from "./control.ts";
import { brokenSetUp, worst } from "./ends.ts";
import { runLegs } from "./run-legs.ts";

/** How the jobs of a workflow ended. */
export interface JobsEnd {
  conclusion: Conclusion;
  ends: ReadonlyMap<string, JobEnd>;
  reports: Readonly<Record<string, JobReport>>;
}

export interface JobEnd {
  /** What `needs` says of it: a failure that is tolerated is a success. */
  result: Conclusion;
  outputs: Readonly<Record<string, string>>;
  /** Results of all that it needs, and of what those need. */
  chain: ReadonlyMap<string, Conclusion>;
  reports: Readonly<Record<string, JobReport>>;
}

/** Runs every job of a workflow as soon as what it needs has ended. */
export async function runJobs(call: Call): Promise<JobsEnd> {
  const { jobs } = call.source;
  const running = new Map<string, Promise<JobEnd>>();
  const start = (key: string): Promise<JobEnd> => {
    const known = running.get(key);
    if (known !== undefined) return known;
    const source = jobs.find((job) => job.key === key);
    if (source === undefined) throw new Error(`no job ${key}: the parser should have said so`);
    const end = runJob({ call, source, needs: source.needs.map((need) => [need, start(need)] as const) });
    running.set(key, end);
    return end;
  };
  const ends = await Promise.all(jobs.map(async ({ key }) => [key, await start(key)] as const));
  const results = ends.map(([, { result }]) => result);
  return {
    conclusion: call.signal.aborted ? "cancelled" : worst(results),
    ends: new Map(ends),
    reports: Object.assign({}, ...ends.map(([, { reports }]) => reports)),
  };
}

interface JobOrder {
  call: Call;
  source: JobSource;
  needs: readonly (readonly [key: string, end: Promise<JobEnd>])[];
}

async function runJob({ call, source, needs: awaited }: JobOrder): Promise<JobEnd> {
  const place = placeOf(call, source);
  if (awaited.length > 0) call.run.emit({ type: "job-waiting", for: "needs", ...place });
  const needs = await Promise.all(awaited.map(async ([key, end]) => [key, await end] as const));
  const chain = new Map(needs.flatMap(([key, end]) => [...end.chain, [key, end.result] as const]));
  const facts = needs.map(([key, { result, outputs }]) => [key, { result, outputs }]);
  const scope = extended(scopeOf(call), { needs: Object.fromEntries(facts) }, statusOf(call, chain));
  const whole = (result: Conclusion, steps: JobReport["steps"] = []): JobEnd => {
    const report = { name: place.jobName, conclusion: result, outputs: {}, steps, environment: undefined };
    call.run.emit({ type: "job-ended", result: report, ...place });
    return { result, outputs: {}, chain, reports: { [place.job]: report } };
  };
  try {
    const stillHolds = () => holds(source.condition, scope, field(source.token, "if"));
    if (!stillHolds()) {
      const wasNext = call.signal.aborted && [...chain.values()].every((result) => result === "success");
      return whole(wasNext ? "cancelled" : "skipped");
    }
    using limits = control(call.signal, stillHolds);
    return { ...(await runLegs({ call, source, scope, place, signal: limits.signal })), chain };
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    return whole("failure", [brokenSetUp(error.message)]);
  }
}

/** The functions of a job's `if`: they ask the whole chain of jobs before it, as GitHub does, or the jobs that are named. */
function statusOf(call: Call, chain: ReadonlyMap<string, Conclusion>): NonNullable<Scope["functions"]> {
  const asked = (names: string[]) =>
    [...chain].filter(([key]) => names.length === 0 || names.includes(key)).map(([, result]) => result);
  return {
    always: () => true,
    cancelled: () => call.signal.aborted,
    success: (...names) => !call.signal.aborted && asked(names).every((result) => result === "success"),
    failure: (...names) => !call.signal.aborted && asked(names).includes("failure"),
  };
}

function placeOf({ caller }: Call, { key, file, token }: JobSource): Place {
  const job = caller === undefined ? key : `${caller.job} / ${key}`;
  const name = field(token, "name");
  // With an expression in it, the name is known only when the job starts.
  const own = name === undefined || name.isExpression ? key : textOf(name, { file, contexts: {} });
  return { job, jobName: caller === undefined ? own : `${caller.jobName} / ${own}` };
}
