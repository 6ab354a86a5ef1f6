import { existsSync } from "node:fs";
import { join } from "node:path";
import { textOf, textsOf } from "../expression/evaluate.ts";
import type { Conclusion } from "../model.ts";
import { inputVariables, unexpectedInputs } from "../runner/action-definition.ts";
import { nodeCommand, runStep } from "../runner/step-process.ts";
import type { ActionSource, ScriptAction, StepSource } from "../source/model.ts";
import { entries, field } from "../source/tokens.ts";
import { checkOut } from "./checkout.ts";
import { type Frame, type Recorder, stepScope } from "./job-state.ts";
import { runComposite } from "./run-composite.ts";
import { runLeaf } from "./run-leaf.ts";
import { shownVariables } from "./run-script.ts";
import type { Going } from "./run-step.ts";

export interface Ended {
  conclusion: Conclusion;
  outputs: Readonly<Record<string, string>>;
}

/** Runs a `uses` step. */
export async function runAction(going: Going, does: Exclude<StepSource["does"], { kind: "run" }>): Promise<Ended> {
  if (does.kind === "checkout") return await runCheckout(going);
  const { frame, step, env } = going;
  const { job } = frame;
  const scope = stepScope(frame, step.file, env);
  const given = textsOf(field(step.token, "with"), scope);
  if (does.uses.startsWith("./")) demandCheckedOut(join(job.workspace, does.uses), does);
  const declared = entries(does.inputs);
  const presets = declared.map(([name, input]) => [name, textOf(field(input, "default"), scope)] as const);
  const definition = { inputs: Object.fromEntries(presets), post: false };
  const github = {
    action_path: does.folder,
    action_repository: does.uses.startsWith(".") ? "" : "cutover-actions/cutover",
  };
  const inside: Frame = { ...frame, github: { ...frame.github, ...github } };
  if (does.kind === "composite") {
    return await runComposite({ ...going, frame: inside }, does, { ...definition.inputs, ...given });
  }
  const start: ScriptStart = {
    ...{ action: does, given, definition, env, record: going.record, signal: going.signal },
    header: [`Run ${does.uses}`, ...shownVariables(given, "with"), ...shownVariables(env)],
  };
  let state: Readonly<Record<string, string>> = {};
  if (does.post !== undefined) {
    job.posts.push({
      name: `Post Run ${does.uses}`,
      condition: does.postCondition,
      run: async (record, signal) => {
        const post = { ...start, record, signal, header: [`Post job of ${does.uses}`], state };
        return (await runScriptAction(inside, post)).conclusion;
      },
    });
  }
  const ended = await runScriptAction(inside, start);
  state = ended.state;
  return ended;
}

/** The runner looks for a local action in the workspace, so that it must be checked out. */
function demandCheckedOut(folder: string, { file }: ActionSource): void {
  if (existsSync(join(folder, file.endsWith(".yaml") ? "action.yaml" : "action.yml"))) return;
  const looked = `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${folder}'.`;
  throw new Error(`${looked} Did you forget to run actions/checkout before running your local action?`);
}

function runCheckout({ frame, step, env, record, signal }: Going): Promise<Ended> {
  const { job } = frame;
  const given = textsOf(field(step.token, "with"), stepScope(frame, step.file, env));
  const { path, repository } = { path: "", repository: "", ...given };
  const slug = String(job.github.repository);
  return runLeaf(frame, {
    ...{ env, record, signal, header: ["Run actions/checkout"] },
    async launch(_env, reader) {
      if (![slug, ""].includes(repository)) {
        throw new Error(`Only ${slug} can be checked out here, not ${repository}`);
      }
      reader.show(`Syncing repository: ${slug}`);
      checkOut(job.order.call.run.order.repository, job.workspace, path);
      return { exitCode: 0, signals: [] };
    },
  });
}

interface ScriptStart {
  action: ScriptAction;
  given: Readonly<Record<string, string>>;
  definition: { inputs: Readonly<Record<string, string>>; post: boolean };
  env: Readonly<Record<string, string>>;
  record: Recorder;
  signal: AbortSignal;
  header: readonly string[];
  /** What main saved; only the post has it. */
  state?: Readonly<Record<string, string>>;
}

async function runScriptAction(frame: Frame, start: ScriptStart) {
  const { action, given, definition, signal, state } = start;
  const { order } = frame.job.order.call.run;
  const cwd = frame.job.workspace;
  const script = state === undefined ? action.main : (action.post ?? action.main);
  const stub = action.ours === undefined ? join(action.folder, script) : await order.cutover.stubOf(action.ours);
  const saved = Object.entries(state ?? {}).map(([name, value]) => [`STATE_${name}`, value]);
  return await runLeaf(frame, {
    ...start,
    variables: { ...inputVariables(given, definition), ...Object.fromEntries(saved) },
    warning: state === undefined ? unexpectedInputs(given, definition) : undefined,
    async launch(env, { readLine }) {
      if (order.startAction !== undefined && action.ours !== undefined) {
        const { exitCode } = await order.startAction({ stub, action: action.ours, env, cwd, signal, onLine: readLine });
        return { exitCode, signals: [] };
      }
      const interruption = { when: signal, how: "cancel" as const };
      return await runStep({ command: nodeCommand(stub), env, cwd, interruption, onLine: readLine });
    },
  });
}
