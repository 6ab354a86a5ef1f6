import { ExpressionProblem, evaluate, type Scope, textOf, textsOf } from "../expression/evaluate.ts";
import { runSteps } from "../job/run-steps.ts";
import type { Conclusion, JobReport } from "../model.ts";
import type { WorkflowSource } from "../source/model.ts";
import { entries, field, type Token, written } from "../source/tokens.ts";
import { resolveInputs } from "../source/trigger.ts";
import { type Call, extended } from "./call.ts";
import { enter } from "./concurrency.ts";
import { brokenSetUp, type LegEnd } from "./ends.ts";
import { runJobs } from "./run-jobs.ts";
import type { JobInPlace } from "./run-legs.ts";

/** Runs one job: through its concurrency group and its environment's approval, then its steps or the workflow it calls. */
export async function runLeg(order: JobInPlace): Promise<LegEnd> {
  const { call, place, source, scope } = order;
  const end = (report: JobReport): LegEnd => {
    call.run.emit({ type: "job-ended", result: report, ...place });
    const isTolerated = report.conclusion === "failure" && isTrue(field(source.token, "continue-on-error"), scope);
    const result = isTolerated ? "success" : report.conclusion;
    return { result, outputs: report.outputs, reports: { [place.job]: report } };
  };
  const nothing = (conclusion: Conclusion, steps: JobReport["steps"] = []): JobReport => ({
    ...{ name: place.jobName, conclusion, outputs: {}, steps, environment: undefined },
  });
  try {
    const own = new AbortController();
    const signal = AbortSignal.any([order.signal, own.signal]);
    const group = concurrencyOf(field(source.token, "concurrency"), scope);
    if (signal.aborted || call.held.has(group.key)) return end(nothing("cancelled"));
    const onWait = () => call.run.emit({ type: "job-waiting", for: "concurrency", ...place });
    using entrance = await enterGroup(group, { call, signal, onWait, onCancel: () => own.abort() });
    if (entrance === undefined) return end(nothing("cancelled"));
    const environment = environmentOf(field(source.token, "environment"), scope);
    const refusal = environment === undefined ? undefined : await approval(environment, { ...order, signal });
    if (refusal !== undefined) return end({ ...nothing(refusal), environment });
    const held = group.key === "" ? call.held : new Set([...call.held, group.key]);
    if (source.calls !== undefined) return await runCalled(source.calls, { ...order, signal }, held);
    call.run.emit({ type: "job-started", ...place });
    return end({ ...(await runSteps({ ...order, signal })), environment });
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    return end(nothing("failure", [brokenSetUp(error.message)]));
  }
}

function isTrue(token: Token | undefined, scope: Scope): boolean {
  return textOf(token, scope) === "true";
}

/** A concurrency group with its expressions resolved; the key is empty where there is none. */
interface Concurrency {
  key: string;
  cancelInProgress: boolean;
  queue: "single" | "max";
}

export function concurrencyOf(token: Token | undefined, scope: Scope): Concurrency {
  const value = token === undefined ? undefined : evaluate(token, scope);
  const { group, ...settings } = typeof value === "object" && value !== null ? entriesOf(value) : { group: value };
  return {
    // GitHub does not mind the case of a group's name.
    key: String(group ?? "").toLowerCase(),
    cancelInProgress: "cancel-in-progress" in settings && String(settings["cancel-in-progress"]) === "true",
    queue: "queue" in settings && settings.queue === "max" ? "max" : "single",
  };
}

function entriesOf(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value));
}

interface Waiter {
  call: Call;
  signal: AbortSignal;
  onWait(): void;
  onCancel(): void;
}

/** Enters a group of the repository; where there is no group, at once. */
export async function enterGroup(
  concurrency: Concurrency,
  { call, ...waiter }: Waiter,
): Promise<Disposable | undefined> {
  const { key, ...settings } = concurrency;
  if (key === "") return { [Symbol.dispose]: () => undefined };
  return await enter({ group: `${call.run.order.repository}\0${key}`, ...settings, ...waiter });
}

function environmentOf(token: Token | undefined, scope: Scope): string | undefined {
  if (token === undefined) return undefined;
  const name = textOf(field(token, "name") ?? token, scope);
  return name === "" ? undefined : name;
}

/** How the job ends without the approval that it needs; nothing if it has it. */
async function approval(environment: string, { call, place, signal }: JobInPlace): Promise<Conclusion | undefined> {
  const { approve } = call.run.order;
  if (approve === undefined) return undefined;
  call.run.emit({ type: "job-waiting", for: "approval", ...place });
  const cancelled = new Promise<"cancelled">((resolve) => {
    signal.addEventListener("abort", () => resolve("cancelled"), { once: true });
  });
  const answer = await Promise.race([approve(environment, place.job), cancelled]);
  if (answer === "cancelled" || signal.aborted) return "cancelled";
  return answer ? undefined : "failure";
}

async function runCalled(source: WorkflowSource, order: JobInPlace, held: ReadonlySet<string>): Promise<LegEnd> {
  const { call, scope, place, signal } = order;
  const { token } = order.source;
  const declared = field(source.root, "on", "workflow_call");
  const given = entries(field(token, "with")).map(([name, value]) => [name, evaluate(value, scope)]);
  const { values, problems } = resolveInputs(field(declared, "inputs"), Object.fromEntries(given));
  if (problems.length > 0) throw new ExpressionProblem(`${scope.file}:${token.line ?? 1} ${problems.join("; ")}`);
  const inherits = written(field(token, "secrets")) === "inherit";
  const passed = inherits ? call.secrets : textsOf(field(token, "secrets"), scope);
  const secrets = { ...passed, GITHUB_TOKEN: String(call.run.github.token) };
  const inner: Call = { run: call.run, source, inputs: values, secrets, signal, caller: place, held };
  const ended = await runJobs(inner);
  const jobs = [...ended.ends].map(([key, { result, outputs }]) => [key, { result, outputs }]);
  const outputs = outputsOf(declared, extended(scope, { inputs: values, jobs: Object.fromEntries(jobs) }));
  const { conclusion } = ended;
  const report = { name: place.jobName, conclusion, outputs, steps: [], environment: undefined };
  return { result: conclusion, outputs, reports: { [place.job]: report, ...ended.reports } };
}

/** Outputs of a workflow that is called, from those of its jobs. */
export function outputsOf(workflowCall: Token | undefined, scope: Scope): Record<string, string> {
  const values = entries(field(workflowCall, "outputs")).map(([name, output]) => {
    return [name, textOf(field(output, "value"), scope)] as const;
  });
  return Object.fromEntries(values.filter(([, value]) => value !== ""));
}
