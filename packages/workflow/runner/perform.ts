import { createCommandFiles, type FileCommands, readCommandFiles } from "./file-commands.ts";
import type { SecretMasker } from "./secret-masker.ts";
import { type Annotation, type Group, type OutputReader, readOutput, type StepOutput } from "./step-output.ts";
import type { StepEnd } from "./step-process.ts";

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

/** What is to be carried out, and where its files go. */
export interface Performance {
  env: Readonly<Record<string, string>>;
  masker: SecretMasker;
  /** Folder for GITHUB_OUTPUT and its like. */
  files: string;
  debug?: boolean;
  onShow?: (line: string) => void;
  /** What the runner says before it begins. */
  warning?: string | undefined;
  /** Carries it out with all its variables; the reader gets each line that it writes. */
  launch(env: Readonly<Record<string, string>>, reader: OutputReader): Promise<StepEnd>;
}

/** Carries a step out, obeys what it prints, and reads the files that it wrote. */
export async function perform({ env, masker, files: folder, ...rest }: Performance): Promise<StepResult> {
  const { debug, onShow, warning, launch } = rest;
  const files = createCommandFiles(folder);
  const reader = readOutput(masker, { debug, onShow });
  if (warning !== undefined) reader.annotate({ level: "warning", message: warning, properties: {} });
  const raw: string[] = [];
  const started = performance.now();
  const readLine = (line: string) => {
    raw.push(line);
    reader.readLine(line);
  };
  const end = await launch({ ...env, ...files }, { ...reader, readLine });
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
