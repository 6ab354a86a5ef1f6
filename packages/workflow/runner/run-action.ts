import { join } from "node:path";
import { type ActionDefinition, definitionOf, inputVariables, unexpectedInputs } from "./action-definition.ts";
import { createCommandFiles, type FileCommands, readCommandFiles } from "./file-commands.ts";
import { type Job, startJob } from "./job.ts";
import { createSecretMasker, type SecretMasker } from "./secret-masker.ts";
import { type Annotation, type Group, readOutput, type StepOutput } from "./step-output.ts";
import { type Interruption, runStep, type StepEnd } from "./step-process.ts";

export interface ActionRun {
  /** The script that the runner starts, main and post. */
  stub: string;
  /** As in the step's `with:`; what is missing gets action.yml's default. */
  inputs?: Readonly<Record<string, string>>;
  /** Added to the few variables that a job has. */
  env?: Readonly<Record<string, string>>;
  /** Values that the repository keeps as secrets: hidden from the start. */
  secrets?: readonly string[];
  /** What triggered the workflow. */
  event?: object;
  /** Folder to work in; an empty one by default. */
  workspace?: string;
  interruption?: Interruption;
  /** Whether the runner itself goes down with the step, so that no post runs. */
  runnerDies?: boolean;
  /** What action.yml would say, for stubs that have none. */
  definition?: ActionDefinition;
  /** As with `ACTIONS_STEP_DEBUG`. */
  debug?: boolean;
  /** Called with the variables of main before it starts; it may break the files. */
  prepare?: (env: Readonly<Record<string, string>>) => void;
  /** Called with every line that main writes, as it comes. */
  onLine?: (line: string) => void;
}

/** One step as the runner sees it end. */
export interface StepResult {
  /** `undefined` when a signal ended it. */
  exitCode: number | undefined;
  /** The exit code, and commands that fail a step by themselves. */
  conclusion: "success" | "failure";
  /** What later steps of the job read. */
  outputs: Record<string, string>;
  /** Outputs that no other job would get: they are empty, or hold what a mask hides. */
  droppedOutputs: string[];
  state: Record<string, string>;
  /** As uploaded: secrets hidden, empty if too large. */
  summary: string;
  environment: Record<string, string>;
  path: string[];
  annotations: Annotation[];
  droppedAnnotations: number;
  groups: Group[];
  matchers: string[];
  /** As a user reads it. */
  log: string;
  /** As the process wrote it. */
  rawLog: string;
  /** What the runner sent it. */
  signals: NodeJS.Signals[];
  durationMs: number;
}

export interface ActionRunResult extends StepResult {
  /** None if the action has no post, or if the runner died. */
  post: StepResult | undefined;
}

/** Runs an action as the GitHub runner does: main, then its post with the state that main saved. */
export async function runAction(run: ActionRun): Promise<ActionRunResult> {
  using job = startJob(run);
  const definition = run.definition ?? definitionOf(run.stub);
  const masker = createSecretMasker(run.secrets);
  const step = { run, job, definition, masker };
  const main = await runPhase(step, { phase: "main", state: {} });
  if (definition?.post !== true || run.runnerDies === true) return { ...main, post: undefined };
  return { ...main, post: await runPhase(step, { phase: "post", state: main.state }) };
}

interface Step {
  run: ActionRun;
  job: Job;
  definition: ActionDefinition | undefined;
  masker: SecretMasker;
}

interface Phase {
  phase: "main" | "post";
  state: Readonly<Record<string, string>>;
}

async function runPhase({ run, job, definition, masker }: Step, { phase, state }: Phase): Promise<StepResult> {
  const { stub, inputs = {}, debug = false } = run;
  const files = createCommandFiles(join(job.temp, "_runner_file_commands", phase));
  const saved = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]);
  const env = {
    ...job.env,
    ...(debug ? { RUNNER_DEBUG: "1" } : {}),
    ...run.env,
    ...files,
    ...inputVariables(inputs, definition),
    ...Object.fromEntries(saved),
  };
  const isMain = phase === "main";
  if (isMain) run.prepare?.(env);
  const reader = readOutput(masker, { debug });
  const unexpected = isMain ? unexpectedInputs(inputs, definition) : undefined;
  if (unexpected !== undefined) reader.annotate({ level: "warning", message: unexpected, properties: {} });
  const raw: string[] = [];
  const started = performance.now();
  const end = await runStep({
    stub,
    env,
    cwd: job.workspace,
    interruption: isMain ? run.interruption : undefined,
    onLine(line) {
      raw.push(line);
      reader.readLine(line);
      if (isMain) run.onLine?.(line);
    },
  });
  const durationMs = performance.now() - started;
  const written = readCommandFiles(files, masker);
  for (const { message } of written.errors) reader.annotate({ level: "error", message, properties: {} });
  return { ...resultOf({ end, written, output: reader.output, masker }), rawLog: raw.join("\n"), durationMs };
}

interface Ended {
  end: StepEnd;
  written: FileCommands;
  output: StepOutput;
  masker: SecretMasker;
}

function resultOf({ end, written, output, masker }: Ended): Omit<StepResult, "rawLog" | "durationMs"> {
  const outputs = { ...output.outputs, ...written.outputs };
  const dropped = Object.entries(outputs).filter(([, value]) => value === "" || masker.mask(value) !== value);
  const failed = end.exitCode !== 0 || output.failed || written.errors.some(({ fatal }) => fatal);
  const { annotations, droppedAnnotations, groups, matchers, log } = output;
  const { summary, environment, path } = written;
  return {
    exitCode: end.exitCode,
    conclusion: failed ? "failure" : "success",
    outputs,
    droppedOutputs: dropped.map(([name]) => name),
    state: { ...output.state, ...written.state },
    ...{ summary, environment, path, annotations, droppedAnnotations, groups, matchers },
    log: log.join("\n"),
    signals: end.signals,
  };
}
