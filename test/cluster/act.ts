import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod";
import { runMark } from "./leftovers.ts";
import { act } from "./programs.ts";

export interface Workflow {
  /** A folder that is a git repository; its working tree is what the jobs check out. */
  repository: string;
  /** What it is on GitHub: `owner/name`, the address of the API there, and the token that a job gets. */
  origin: { name: string; api: string; token: string };
  /** The run's number: it is part of the lock's holder, and what GitHub knows the run by. */
  run: number;
  /** File name below .github/workflows. */
  file: string;
  event: "push" | "workflow_dispatch";
  /** The event's payload, for what a job reads of it. */
  payload?: object;
  inputs?: Readonly<Record<string, string>>;
  variables?: Readonly<Record<string, string>>;
  secrets?: Readonly<Record<string, string>>;
}

export interface WorkflowRun {
  exitCode: number | null;
  /** How each job ended; a skipped one is not there. */
  jobs: Readonly<Record<string, string>>;
  /** What the steps of each job set last. */
  outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Every step's summary, one after the other. */
  summary: string;
  log: string;
  seconds: number;
}

/** A runner with a home of its own, and the checkout that it takes for `cutover-actions/cutover@v1`. */
export interface Runner {
  scratch: string;
  published: string;
  /** Every job that it has run, as the file's path and the job's id. */
  ran: Set<string>;
}

/** Milliseconds after which a workflow is ended. */
const patience = 180_000;

const event = z.object({
  jobID: z.string().exactOptional(),
  jobResult: z.string().exactOptional(),
  command: z.string().exactOptional(),
  name: z.string().exactOptional(),
  arg: z.string().exactOptional(),
  content: z.string().exactOptional(),
  msg: z.string().exactOptional(),
});
type Event = z.infer<typeof event>;

/** Runs a workflow as GitHub would on a push or by hand, its jobs as processes of this machine. */
export async function runWorkflow(workflow: Workflow, runner: Runner): Promise<WorkflowRun> {
  const started = performance.now();
  const folder = join(runner.scratch, `run-${workflow.run}`);
  const files = { secrets: join(folder, "secrets"), payload: join(folder, "event.json") };
  await mkdir(folder, { recursive: true });
  await writeFile(files.secrets, lines(workflow.secrets).join("\n"), { mode: 0o600 });
  await writeFile(files.payload, JSON.stringify({ ...workflow.payload, inputs: workflow.inputs }));
  const child = spawn(act(), argumentsOf(workflow, runner, files), {
    cwd: workflow.repository,
    env: environment(runner),
    stdio: ["ignore", "pipe", "pipe"],
    timeout: patience,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  await once(child, "close");
  const { exitCode } = child;
  const events = readEvents(output);
  for (const job of Object.keys(events.jobs)) runner.ran.add(`${pathOf(workflow)} ${job}`);
  return { exitCode, ...events, seconds: (performance.now() - started) / 1_000 };
}

function argumentsOf(workflow: Workflow, { published }: Runner, files: { secrets: string; payload: string }): string[] {
  const { origin, run, file } = workflow;
  return [
    workflow.event,
    `--workflows=${pathOf(workflow)}`,
    `--eventpath=${files.payload}`,
    "--json",
    "--platform=ubuntu-latest=-self-hosted",
    `--local-repository=cutover-actions/cutover@v1=${published}`,
    `--secret-file=${files.secrets}`,
    // Without a token of ours act asks the GitHub CLI for the real one.
    `--secret=GITHUB_TOKEN=${origin.token}`,
    "--no-cache-server",
    // act asks github.com, has the same number for every run, and does not say which file it runs.
    `--env=GITHUB_API_URL=${origin.api}`,
    `--env=GITHUB_RUN_ID=${run}`,
    `--env=GITHUB_WORKFLOW_REF=${origin.name}/.github/workflows/${file}@refs/heads/main`,
    ...lines(workflow.inputs).flatMap((line) => ["--input", line]),
    ...lines(workflow.variables).flatMap((line) => ["--var", line]),
  ];
}

function pathOf({ repository, file }: Workflow): string {
  return join(repository, ".github", "workflows", file);
}

/** act hands its own environment to every job, so it gets only what a GitHub runner would have too. Whatever version of
 * Node an action asks for, act takes the one that is first on PATH. */
function environment({ scratch }: Runner): Record<string, string> {
  const { PATH = "" } = process.env;
  const marks = [runMark, "CUTOVER_CI_RUN"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    PATH: `${dirname(process.execPath)}:${PATH}`,
    HOME: scratch,
    TMPDIR: scratch,
    LANG: "C.UTF-8",
    ...Object.fromEntries(marks),
  };
}

function readEvents(output: string): Omit<WorkflowRun, "exitCode" | "seconds"> {
  const events = output.split("\n").flatMap(readEvent);
  const jobs: Record<string, string> = {};
  const outputs: Record<string, Record<string, string>> = {};
  for (const { jobID = "", jobResult, command, name = "", arg = "" } of events) {
    if (jobResult !== undefined) jobs[jobID] = jobResult;
    if (command !== "set-output") continue;
    outputs[jobID] ??= {};
    outputs[jobID][name] = arg;
  }
  const summaries = events.filter(({ command }) => command === "summary");
  return {
    jobs,
    outputs,
    summary: summaries.map(({ content = "" }) => content).join("\n"),
    log: events.map(({ jobID = "", msg = "" }) => `[${jobID}] ${msg.trimEnd()}`).join("\n"),
  };
}

function readEvent(line: string): Event[] {
  if (line.trim() === "") return [];
  try {
    return [event.parse(JSON.parse(line))];
  } catch {
    return [{ msg: line }];
  }
}

function lines(pairs: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries(pairs).map(([name, value]) => `${name}=${value}`);
}
