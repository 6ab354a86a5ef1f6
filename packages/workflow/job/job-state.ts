import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Scope, textOf, textsOf } from "../expression/evaluate.ts";
import type { Annotation, Conclusion } from "../model.ts";
import { extended } from "../plan/call.ts";
import type { JobInPlace } from "../plan/run-legs.ts";
import { createSecretMasker, type SecretMasker } from "../runner/secret-masker.ts";
import { field } from "../source/tokens.ts";
import { hashFiles } from "./hash-files.ts";

/** A job on its machine: what its steps share and change. */
export interface JobState {
  readonly order: JobInPlace;
  readonly masker: SecretMasker;
  /** Empty until something is checked out. */
  readonly workspace: string;
  readonly temp: string;
  /** The `github` and `runner` contexts of the job. */
  readonly github: Readonly<Record<string, unknown>>;
  readonly runner: Readonly<Record<string, string>>;
  /** Variables of the machine. */
  readonly machine: Readonly<Record<string, string>>;
  /** Of the workflow, of the job, and what steps wrote to GITHUB_ENV. */
  env: Record<string, string>;
  /** What steps wrote to GITHUB_PATH, the newest first. */
  path: string[];
  /** Scripts and command files so far. */
  files: number;
  /** What is left to do at the job's end, in the order in which it was begun. */
  readonly posts: Post[];
}

/** The post of an action that has begun. */
export interface Post {
  readonly name: string;
  readonly condition: string;
  run(record: Recorder, signal: AbortSignal): Promise<Conclusion>;
}

/** Takes down what a reported step shows. */
export interface Recorder {
  /** Called when it is known that it runs. */
  begin(): void;
  show(line: string): void;
  readonly annotations: Annotation[];
  readonly summaries: string[];
}

/** Steps that follow one another: those of a job, or of a composite action. */
export interface Frame {
  readonly job: JobState;
  /** The `steps` context. */
  readonly steps: Record<string, StepFacts>;
  /** Of a composite action; otherwise those of the workflow. */
  readonly inputs: unknown;
  /** What is added to the `github` context, such as `action_path`. */
  readonly github: Readonly<Record<string, string>>;
  /** Of the steps around it. */
  readonly env: Readonly<Record<string, string>>;
  /** `defaults.run`, which composite actions do not have. */
  readonly defaults: { readonly shell: string; readonly workingDirectory: string };
  /** Cancels what runs in it. */
  readonly signal: AbortSignal;
  hasFailed: boolean;
}

export interface StepFacts {
  outputs: Readonly<Record<string, string>>;
  outcome: Conclusion;
  conclusion: Conclusion;
}

/** Sets a machine up: folders of its own, and only the variables that the order gives it. */
export function setUpJob(order: JobInPlace): JobState {
  const { call, source, scope } = order;
  const { run } = call;
  const folder = mkdtempSync(join(run.folder, "job-"));
  const name = basename(run.order.repository);
  const workspace = join(folder, "work", name, name);
  const temp = join(folder, "work", "_temp");
  for (const path of [workspace, temp]) mkdirSync(path, { recursive: true });
  const eventFile = join(temp, "_github_workflow", "event.json");
  mkdirSync(dirname(eventFile));
  writeFileSync(eventFile, JSON.stringify(run.github.event));
  const github = { ...run.github, job: source.key, workspace, event_path: eventFile };
  const inJob = extended(scope, { github });
  const env = {
    ...textsOf(field(call.source.root, "env"), inJob),
    ...textsOf(field(source.token, "env"), inJob),
  };
  const runner = {
    ...{ name: "local", os: "Linux", arch: "X64", environment: "github-hosted" },
    ...{ temp, tool_cache: join(folder, "tools"), workspace: dirname(workspace) },
  };
  const secrets = [...Object.values(call.secrets), String(run.github.token)].filter((secret) => secret !== "");
  const machine = run.order.env ?? ownMachine();
  return {
    ...{ order, masker: createSecretMasker(secrets), workspace, temp, github, runner, machine },
    ...{ env, path: [], files: 0, posts: [] },
  };
}

/** With this Node first: a script that calls `node` gets the one that actions get. */
function ownMachine(): Record<string, string> {
  const { PATH = "", HOME = "" } = process.env;
  return { PATH: `${dirname(process.execPath)}:${PATH}`, HOME, LANG: "C.UTF-8" };
}

/** The frame of a job's own steps. */
export function frameOf(job: JobState): Frame {
  const { call, source, scope, signal } = job.order;
  const value = (key: string) =>
    textOf(field(source.token, "defaults", "run", key) ?? field(call.source.root, "defaults", "run", key), scope);
  const defaults = { shell: value("shell"), workingDirectory: value("working-directory") };
  return { job, steps: {}, inputs: call.inputs, github: {}, env: {}, defaults, signal, hasFailed: false };
}

/** How the job stands. */
export function statusOf({ job, hasFailed }: Frame): "success" | "failure" | "cancelled" {
  if (job.order.signal.aborted) return "cancelled";
  return hasFailed ? "failure" : "success";
}

/** What a step's expressions may ask; `env` as the step sees it. */
export function stepScope(frame: Frame, file: string, env: Readonly<Record<string, string>>): Scope {
  const { job, steps, inputs } = frame;
  const status = statusOf(frame);
  const contexts = {
    ...{ env, steps, inputs, runner: job.runner, job: { status } },
    github: { ...job.github, ...frame.github },
  };
  return {
    file,
    contexts: { ...job.order.scope.contexts, ...contexts },
    functions: {
      always: () => true,
      cancelled: () => status === "cancelled",
      success: () => status === "success",
      failure: () => status === "failure",
      hashfiles: (...patterns) => hashFiles(job.workspace, patterns),
    },
  };
}
