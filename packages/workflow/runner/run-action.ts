import { basename, join } from "node:path";
import type { StartAction } from "../model.ts";
import { type ActionDefinition, definitionOf, inputVariables, unexpectedInputs } from "./action-definition.ts";
import { type Job, startJob } from "./job.ts";
import { perform, type StepResult } from "./perform.ts";
import { createSecretMasker, type SecretMasker } from "./secret-masker.ts";
import { type Interruption, nodeCommand, runStep } from "./step-process.ts";

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
  /** Carries it out, instead of a process of its own; it cannot be interrupted. */
  start?: StartAction | undefined;
  /** Carries its post out, where that is not what carries out its main. */
  startPost?: StartAction | undefined;
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
  const isMain = phase === "main";
  const saved = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]);
  const env = {
    ...job.env,
    ...(debug ? { RUNNER_DEBUG: "1" } : {}),
    ...run.env,
    ...inputVariables(inputs, definition),
    ...Object.fromEntries(saved),
  };
  return await perform({
    ...{ env, masker, debug },
    files: join(job.temp, "_runner_file_commands", phase),
    warning: isMain ? unexpectedInputs(inputs, definition) : undefined,
    async launch(all, reader) {
      if (isMain) run.prepare?.(all);
      const onLine = (line: string): void => {
        reader.readLine(line);
        if (isMain) run.onLine?.(line);
      };
      const [cwd, env] = [job.workspace, all];
      const start = isMain ? run.start : (run.startPost ?? run.start);
      if (start !== undefined) {
        const { signal } = new AbortController();
        const action = basename(stub, ".js");
        return { ...(await start({ stub, action, env, cwd, signal, onLine })), signals: [] };
      }
      const interruption = isMain ? run.interruption : undefined;
      return await runStep({ command: nodeCommand(stub), env, cwd, interruption, onLine });
    },
  });
}
