import { join } from "node:path";
import type { Conclusion } from "../model.ts";
import { githubVariables } from "../plan/github-context.ts";
import { perform, type StepResult } from "../runner/perform.ts";
import type { OutputReader } from "../runner/step-output.ts";
import type { StepEnd } from "../runner/step-process.ts";
import type { Frame, Recorder } from "./job-state.ts";

/** Something that one process does, or that is done in its place. */
export interface Leaf {
  /** Of the workflow, the job and the step. */
  env: Readonly<Record<string, string>>;
  /** Only its own, such as `INPUT_…`. */
  variables?: Readonly<Record<string, string>>;
  signal: AbortSignal;
  record: Recorder;
  warning?: string | undefined;
  /** What the log shows of it before it starts. */
  header: readonly string[];
  launch(env: Readonly<Record<string, string>>, reader: OutputReader): Promise<StepEnd>;
}

/** Carries a leaf out as the runner does; what it wrote for the steps after it is theirs from now on. */
export async function runLeaf(frame: Frame, leaf: Leaf): Promise<StepResult & { conclusion: Conclusion }> {
  const { job } = frame;
  const { record, signal } = leaf;
  job.files += 1;
  const result = await perform({
    env: variablesOf(frame, leaf),
    masker: job.masker,
    files: join(job.temp, "_runner_file_commands", String(job.files)),
    onShow: record.show,
    warning: leaf.warning,
    async launch(env, reader) {
      const [title = "", ...more] = leaf.header;
      for (const line of [`##[group]${title}`, ...more, "##[endgroup]"]) reader.show(line);
      const end = await started(leaf, env, reader);
      if (signal.aborted) reader.annotate({ level: "error", message: "The operation was canceled.", properties: {} });
      return end;
    },
  });
  const { NODE_OPTIONS: _refused, ...environment } = result.environment;
  job.env = { ...job.env, ...environment };
  job.path = [...result.path.toReversed(), ...job.path];
  for (const { level, message } of result.annotations) record.annotations.push({ level, message });
  if (result.summary !== "") record.summaries.push(result.summary);
  if (!("NODE_OPTIONS" in result.environment)) return result;
  record.annotations.push({
    level: "error",
    message: "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.",
  });
  return { ...result, conclusion: "failure" };
}

/** A leaf that cannot even start fails like one that ends badly. */
async function started({ launch, signal }: Leaf, env: Readonly<Record<string, string>>, reader: OutputReader) {
  if (signal.aborted) return { exitCode: undefined, signals: [] };
  try {
    return await launch(env, reader);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    reader.annotate({ level: "error", message, properties: {} });
    return { exitCode: 1, signals: [] };
  }
}

/** Later ones win: the machine's, the workflow's, then what nobody may change. */
function variablesOf({ job, github }: Frame, { env, variables }: Leaf): Record<string, string> {
  const runner = Object.entries(job.runner).map(([name, value]) => [`RUNNER_${name.toUpperCase()}`, value]);
  const { PATH } = { PATH: "", ...job.machine, ...env };
  const path = [...job.path, PATH].join(":");
  return {
    ...{ ...job.machine, CI: "true", ...env, PATH: path },
    ...{ GITHUB_ACTIONS: "true", ...githubVariables({ ...job.github, ...github }) },
    ...Object.fromEntries(runner),
    ...variables,
  };
}
