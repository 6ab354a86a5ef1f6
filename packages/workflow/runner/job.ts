import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The job around a step: its folders, and the variables that every step of it gets. */
export interface Job {
  /** Of the repository that is checked out. */
  workspace: string;
  temp: string;
  env: Record<string, string>;
  [Symbol.dispose](): void;
}

export interface JobSettings {
  /** Folder to work in; an empty one by default. */
  workspace?: string | undefined;
  /** What triggered the workflow. */
  event?: object | undefined;
}

let runs = 0;

/** Starts a job of its own. Only what stands here reaches a step: nothing of this process's environment but PATH and HOME. */
export function startJob({ workspace: given, event = {} }: JobSettings = {}): Job {
  const folder = mkdtempSync(join(tmpdir(), "cutover-runner-"));
  const workspace = given ?? join(folder, "workspace");
  const temp = join(folder, "temp");
  for (const path of [workspace, temp]) mkdirSync(path, { recursive: true });
  const eventFile = join(folder, "event.json");
  writeFileSync(eventFile, JSON.stringify(event));
  runs += 1;
  const env = { ...standing, GITHUB_RUN_ID: `${process.pid}${runs}`, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temp };
  return {
    workspace,
    temp,
    env: { ...env, GITHUB_EVENT_PATH: eventFile, RUNNER_TOOL_CACHE: join(folder, "tools") },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const standing = {
  PATH: process.env.PATH ?? "",
  HOME: process.env.HOME ?? "",
  LANG: "C.UTF-8",
  CI: "true",
  GITHUB_ACTIONS: "true",
  GITHUB_ACTION: "cutover",
  GITHUB_ACTOR: "octocat",
  GITHUB_API_URL: "https://api.github.com",
  GITHUB_EVENT_NAME: "push",
  GITHUB_JOB: "deploy",
  GITHUB_REF: "refs/heads/main",
  GITHUB_REF_NAME: "main",
  GITHUB_REF_TYPE: "branch",
  GITHUB_REPOSITORY: "acme/shop",
  GITHUB_REPOSITORY_OWNER: "acme",
  GITHUB_RUN_ATTEMPT: "1",
  GITHUB_RUN_NUMBER: "7",
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_SHA: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  GITHUB_WORKFLOW: "release",
  RUNNER_ARCH: "X64",
  RUNNER_ENVIRONMENT: "github-hosted",
  RUNNER_NAME: "emulated",
  RUNNER_OS: "Linux",
  // Every JavaScript action gets it; it must reach no child and no log.
  ACTIONS_RUNTIME_TOKEN: "runtime-token-of-the-job",
};
