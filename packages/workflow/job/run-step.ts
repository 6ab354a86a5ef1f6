import { holds, textOf, textsOf } from "../expression/evaluate.ts";
import type { Conclusion } from "../model.ts";
import { control } from "../plan/control.ts";
import type { StepSource } from "../source/model.ts";
import { field } from "../source/tokens.ts";
import { type Frame, type Recorder, type StepFacts, stepScope } from "./job-state.ts";
import { runScript } from "./run-script.ts";
import { runAction } from "./run-use.ts";

/** A step whose turn it is. */
export interface StepTurn {
  step: StepSource;
  frame: Frame;
  record: Recorder;
  /** `GITHUB_ACTION` of it. */
  action: string;
}

/** What a step does once it is known that it runs. */
export interface Going extends StepTurn {
  /** Of the workflow, the job, and the step. */
  env: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

/** Runs a step if its condition holds; what is wrong with its expressions fails it. */
export async function runStep(turn: StepTurn): Promise<StepFacts> {
  const { step, frame, record } = turn;
  const facts = await carryOut(turn).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    record.annotations.push({ level: "error", message });
    record.show(`##[error]${message}`);
    return { outputs: {}, outcome: "failure", conclusion: "failure" } satisfies StepFacts;
  });
  if (facts.conclusion === "failure") frame.hasFailed = true;
  if (step.id !== undefined) frame.steps[step.id] = facts;
  return facts;
}

async function carryOut(turn: StepTurn): Promise<StepFacts> {
  const { step, record } = turn;
  const frame = { ...turn.frame, github: { ...turn.frame.github, action: turn.action } };
  const around = { ...frame.job.env, ...frame.env };
  const env = { ...around, ...textsOf(field(step.token, "env"), stepScope(frame, step.file, around)) };
  const scope = () => stepScope({ ...frame, hasFailed: turn.frame.hasFailed }, step.file, env);
  const stillHolds = () => holds(step.condition, scope(), field(step.token, "if"));
  if (!stillHolds()) return { outputs: {}, outcome: "skipped", conclusion: "skipped" };
  record.begin();
  const limit = field(step.token, "timeout-minutes");
  const minutes = limit === undefined ? undefined : Number(textOf(limit, scope()));
  using limits = control(frame.signal, stillHolds, minutes);
  const going = { ...turn, frame, env, signal: limits.signal };
  const { conclusion, outputs } = await (step.does.kind === "run" ? runScript(going) : runAction(going, step.does));
  const outcome = ended(conclusion, limits.reason());
  if (limits.reason() === "timed-out") {
    record.annotations.push({ level: "error", message: `The step has timed out after ${minutes} minutes.` });
    record.show(`##[error]The step has timed out after ${minutes} minutes.`);
  }
  const isTolerated = outcome === "failure" && textOf(field(step.token, "continue-on-error"), scope()) === "true";
  return { outputs, outcome, conclusion: isTolerated ? "success" : outcome };
}

function ended(conclusion: Conclusion, reason: "cancelled" | "timed-out" | undefined): Conclusion {
  if (reason === undefined) return conclusion;
  return reason === "cancelled" ? "cancelled" : "failure";
}
