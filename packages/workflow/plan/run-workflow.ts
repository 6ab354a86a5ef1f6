import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { JobReport, WorkflowOrder, WorkflowReport } from "../model.ts";
import { readOrder } from "../source/read-workflow.ts";
import { field } from "../source/tokens.ts";
import { startedBy } from "../source/trigger.ts";
import { type Call, extended, scopeOf } from "./call.ts";
import { githubContext } from "./github-context.ts";
import { runJobs } from "./run-jobs.ts";
import { concurrencyOf, enterGroup, outputsOf } from "./run-leg.ts";

/** Runs the order's workflow; see the package's index. */
export async function run(given: WorkflowOrder): Promise<WorkflowReport> {
  const order = { ...given, repository: resolve(given.repository) };
  const source = await readOrder(order);
  const inputs = startedBy(source, order.trigger);
  const github = githubContext(order, source, inputs);
  const folder = mkdtempSync(join(tmpdir(), "cutover-workflow-"));
  const own = new AbortController();
  const signal = order.signal === undefined ? own.signal : AbortSignal.any([order.signal, own.signal]);
  const emit = order.onEvent ?? (() => undefined);
  const call: Call = {
    run: { order, github, vars: order.vars ?? {}, folder, emit },
    ...{ source, inputs, signal, caller: undefined, held: new Set<string>() },
    secrets: { ...order.secrets, GITHUB_TOKEN: github.token },
  };
  try {
    return await runInGroup(call, own);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runInGroup(call: Call, own: AbortController): Promise<WorkflowReport> {
  const { run, source, signal } = call;
  const group = concurrencyOf(field(source.root, "concurrency"), scopeOf(call));
  const onWait = () => {
    for (const { key } of source.jobs) run.emit({ type: "job-waiting", for: "concurrency", job: key, jobName: key });
  };
  using entrance = await enterGroup(group, { call, signal, onWait, onCancel: () => own.abort() });
  if (entrance === undefined) return neverStarted(call);
  const { ends, conclusion, reports } = await runJobs({
    ...call,
    held: new Set([group.key].filter((key) => key !== "")),
  });
  const jobs = Object.fromEntries([...ends].map(([key, { result, outputs }]) => [key, { result, outputs }]));
  const outputs = outputsOf(field(source.root, "on", "workflow_call"), extended(scopeOf(call), { jobs }));
  return { conclusion, jobs: reports, outputs };
}

/** A run that was cancelled while it waited: none of its jobs is even looked at. */
function neverStarted({ run, source }: Call): WorkflowReport {
  const jobs = source.jobs.map(({ key }) => {
    const result: JobReport = { name: key, conclusion: "cancelled", outputs: {}, steps: [], environment: undefined };
    run.emit({ type: "job-ended", result, job: key, jobName: key });
    return [key, result] as const;
  });
  return { conclusion: "cancelled", jobs: Object.fromEntries(jobs), outputs: {} };
}
