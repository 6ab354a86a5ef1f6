import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { holds, type Scope, textOf, textsOf } from "../expression/evaluate.ts";
import type { JobReport, StepPlace, StepReport } from "../model.ts";
import type { JobInPlace } from "../plan/run-legs.ts";
import type { StepSource } from "../source/model.ts";
import { field, type Token, written } from "../source/tokens.ts";
import {
  type Frame,
  frameOf,
  type JobState,
  type Recorder,
  type StepFacts,
  setUpJob,
  statusOf,
  stepScope,
} from "./job-state.ts";
import { firstLine } from "./run-script.ts";
import { runStep } from "./run-step.ts";

/** Runs the steps of a job on a machine of its own, then the posts of its actions in reverse. */
export async function runSteps(order: JobInPlace): Promise<JobReport> {
  using limit = timeLimit(order);
  const job = setUpJob({ ...order, signal: limit.signal });
  try {
    const frame = frameOf(job);
    const reports: StepReport[] = [];
    for (const [index, step] of order.source.steps.entries()) {
      const place = placeOf(step, frame, index + 1);
      reports.push(
        await reported(job, place, (record) => runStep({ step, frame, record, action: actionOf(step, index) })),
      );
    }
    for (const report of await runPosts(frame)) reports.push(report);
    const conclusion = statusOf(frame);
    const { jobName } = order.place;
    return { name: jobName, conclusion, outputs: outputsOf(frame), steps: reports, environment: undefined };
  } finally {
    rmSync(dirname(dirname(job.temp)), { recursive: true, force: true });
  }
}

/** Cancels the job after its `timeout-minutes`. */
function timeLimit({ source, scope, signal }: JobInPlace): Disposable & { signal: AbortSignal } {
  const token = field(source.token, "timeout-minutes");
  const abort = new AbortController();
  const minutes = token === undefined ? 360 : Number(textOf(token, scope));
  const timer = setTimeout(() => abort.abort(), minutes * 60_000);
  return { signal: AbortSignal.any([signal, abort.signal]), [Symbol.dispose]: () => clearTimeout(timer) };
}

/** Runs something as a step that is reported, and tells of it as it happens. */
async function reported(
  { order, masker }: JobState,
  place: StepPlace,
  run: (record: Recorder) => Promise<StepFacts>,
): Promise<StepReport> {
  const { emit } = order.call.run;
  const log: string[] = [];
  let hasBegun = false;
  const record: Recorder = {
    begin() {
      if (!hasBegun) emit({ type: "step-started", ...place });
      hasBegun = true;
    },
    annotations: [],
    summaries: [],
    show(line) {
      log.push(line);
      emit({ type: "line", line, ...place });
    },
  };
  const started = performance.now();
  const { outputs, outcome, conclusion } = await run(record);
  const result = {
    ...{ name: place.stepName, id: place.id, outcome, conclusion, outputs },
    ...{ summary: record.summaries.join("\n"), annotations: record.annotations },
    log: masker.mask(log.join("\n")),
    durationMs: performance.now() - started,
  };
  emit({ type: "step-ended", result, ...place });
  return result;
}

function placeOf(step: StepSource, frame: Frame, number: number): StepPlace {
  const name = field(step.token, "name") ?? field(step.token, step.does.kind === "run" ? "run" : "uses");
  const text = resolvedOrWritten(name, stepScope(frame, step.file, frame.job.env));
  const stepName = name === field(step.token, "name") ? text : `Run ${firstLine(text)}`;
  return { ...frame.job.order.place, number, id: step.id, stepName };
}

/** A name may ask what only the step knows; then it is shown as it is written. */
function resolvedOrWritten(name: Token | undefined, scope: Scope): string {
  try {
    return textOf(name, scope);
  } catch {
    return written(name) ?? "";
  }
}

/** `GITHUB_ACTION`: the step's id, or what the runner makes of its kind and place. */
function actionOf({ id, does }: StepSource, index: number): string {
  if (id !== undefined) return id;
  return `${does.kind === "run" ? "__run" : "__action"}${index === 0 ? "" : `_${index + 1}`}`;
}

async function runPosts(frame: Frame): Promise<StepReport[]> {
  const { job } = frame;
  const reports: StepReport[] = [];
  let number = job.order.source.steps.length;
  for (let post = job.posts.pop(); post !== undefined; post = job.posts.pop()) {
    const { name, condition, run } = post;
    if (!holds(condition, stepScope(frame, job.order.source.file, job.env))) continue;
    number += 1;
    const place = { ...job.order.place, number, id: undefined, stepName: name };
    const report = await reported(job, place, async (record) => {
      record.begin();
      const conclusion = await run(record, new AbortController().signal);
      return { outputs: {}, outcome: conclusion, conclusion };
    });
    if (report.conclusion === "failure") frame.hasFailed = true;
    reports.push(report);
  }
  return reports;
}

/** Outputs of the job, without what other jobs may not get: what is empty, and what a mask would hide. */
function outputsOf(frame: Frame): Record<string, string> {
  const { job } = frame;
  const scope = stepScope(frame, job.order.source.file, job.env);
  const values = Object.entries(textsOf(field(job.order.source.token, "outputs"), scope));
  return Object.fromEntries(values.filter(([, value]) => value !== "" && job.masker.mask(value) === value));
}
