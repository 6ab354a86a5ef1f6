import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { parse } from "yaml";
import * as z from "zod";
import type { Runner, WorkflowRun } from "./act.ts";
import type { Load } from "./load.ts";
import { describeLoad, wrongAnswers } from "./load-report.ts";

/** Compares how each job ended; where that is not as expected, the log says why. */
export function endedAs(t: TestContext, run: WorkflowRun, jobs: WorkflowRun["jobs"]): void {
  t.diagnostic(`${run.seconds.toFixed(1)} s: ${JSON.stringify(run.jobs)}`);
  const hasFailed = Object.values(jobs).includes("failure");
  if (JSON.stringify(run.jobs) !== JSON.stringify(jobs)) t.diagnostic(run.log);
  assert.deepEqual(run.jobs, jobs);
  assert.equal(run.exitCode, hasFailed ? 1 : 0);
}

/** What the action of a job says of its end: outcome, color, revision and the revision before. */
export function facts(run: WorkflowRun, job: string): (string | undefined)[] {
  const outputs = run.outputs[job] ?? {};
  return ["outcome", "color", "revision", "previous-revision"].map((name) => outputs[name]);
}

/** Every answer came, and came from the release before or after the one that each mark began. */
export async function losesNothing(t: TestContext, load: Load, order: readonly string[]): Promise<void> {
  const report = await load.stop();
  t.diagnostic(describeLoad(report).join("\n"));
  const versions = order.map((name) => name.replace(" again", ""));
  const periods = order.map((name, index) => {
    const now = versions.slice(Math.max(0, index - 1), index + 1);
    // A connection that was kept stays where it is until its slot is emptied.
    return { from: index === 0 ? "start" : name, new: now, kept: versions.slice(0, index + 1) };
  });
  assert.deepEqual(report.lost, []);
  assert.deepEqual(wrongAnswers(report, periods), []);
}

const findings = z.array(z.object({ id: z.string(), verdict: z.string(), evidence: z.string() }));

/** What preflight found in a run: by check the verdict, and what was seen. */
export function preflightOf(run: WorkflowRun, ...ids: readonly string[]): string[] {
  const results = Object.values(run.outputs).flatMap((outputs) => outputs.results ?? []);
  const all = results.flatMap((text) => findings.parse(JSON.parse(text)));
  return ids.map((id) => {
    const found = all.find((one) => one.id === id);
    return found === undefined ? `${id} did not run` : `${found.verdict}: ${found.evidence}`;
  });
}

const workflowFile = z.object({ jobs: z.record(z.string(), z.unknown()) });

/** The jobs in a repository's workflows that have not run, as the file's path and the job's id. */
export async function jobsLeft(repository: string, { ran }: Runner): Promise<string[]> {
  const folder = join(repository, ".github", "workflows");
  const files = (await readdir(folder)).map((file) => join(folder, file));
  const jobs = files.map(async (file) => {
    const { jobs: all } = workflowFile.parse(parse(await readFile(file, "utf8")));
    return Object.keys(all).map((job) => `${file} ${job}`);
  });
  const all = (await Promise.all(jobs)).flat();
  assert.notEqual(all.length, 0);
  return all.filter((job) => !ran.has(job));
}
