import { textOf } from "../expression/evaluate.ts";
import type { CompositeAction } from "../source/model.ts";
import { entries, field } from "../source/tokens.ts";
import { type Frame, stepScope } from "./job-state.ts";
import { type Going, runStep } from "./run-step.ts";
import type { Ended } from "./run-use.ts";

/** Runs the steps of a composite action; they show in the log of the step that uses it, and so do their summaries. */
export async function runComposite(
  { frame: around, env, signal, record }: Going,
  action: CompositeAction,
  inputs: Readonly<Record<string, string>>,
): Promise<Ended> {
  const frame: Frame = {
    ...{ ...around, inputs, env, signal, steps: {}, hasFailed: false },
    defaults: { shell: "", workingDirectory: "" },
  };
  for (const [index, step] of action.steps.entries()) {
    await runStep({ step, frame, record, action: step.id ?? `__run_${index + 1}` });
  }
  const scope = stepScope(frame, action.file, env);
  const outputs = entries(action.outputs).map(([name, output]) => [name, textOf(field(output, "value"), scope)]);
  return { conclusion: frame.hasFailed ? "failure" : "success", outputs: Object.fromEntries(outputs) };
}
