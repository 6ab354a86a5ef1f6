import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type JobReport, runWorkflow, type WorkflowEvent, type WorkflowOrder, type WorkflowReport } from "./index.ts";

/** A repository on disk, and ways to run its workflows. */
export interface TestRepository extends Disposable {
  readonly folder: string;
  /** Runs a workflow, by default the one of `jobs:` that a push starts. */
  run(order?: Partial<WorkflowOrder>): Promise<TestRun>;
}

export interface TestRun extends WorkflowReport {
  /** What the steps printed, by job, without what the runner says itself. */
  said: Record<string, string[]>;
  events: WorkflowEvent[];
}

export const push = { name: "push", ref: "refs/heads/main" } as const;

/** Makes a repository whose workflow has these jobs, indented or not, and more files. */
export function repository(jobs: string, files: Readonly<Record<string, string>> = {}): TestRepository {
  const folder = mkdtempSync(join(tmpdir(), "cutover-repository-"));
  const all = {
    ".github/workflows/w.yml": /^on:/m.test(jobs) ? jobs : `name: w\non: push\njobs:\n${jobs}`,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return {
    folder,
    async run(order = {}) {
      const events: WorkflowEvent[] = [];
      const report = await runWorkflow({
        ...{ repository: folder, file: ".github/workflows/w.yml", trigger: push },
        cutover: { folder, stubOf: async (action) => join(folder, "dist", `${action}.js`) },
        ...order,
        onEvent(event) {
          events.push(event);
          order.onEvent?.(event);
        },
      });
      return { ...report, said: saidIn(report), events };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function saidIn({ jobs }: WorkflowReport): Record<string, string[]> {
  const said = Object.entries(jobs).map(([key, { steps }]) => {
    const shown = steps.filter(({ name }) => !name.includes("actions/checkout"));
    const log = shown.map((step) => step.log.replace(/^##\[group\][\s\S]*?^##\[endgroup\]$/gm, "")).join("\n");
    return [key, log.split("\n").filter((line) => line !== "" && !line.startsWith("##["))] as const;
  });
  return Object.fromEntries(said);
}

/** How each job ended. */
export function conclusions({ jobs }: WorkflowReport): Record<string, string> {
  return Object.fromEntries(Object.entries(jobs).map(([key, { conclusion }]) => [key, conclusion]));
}

/** The report of a job; throws where there is none. */
export function jobOf({ jobs }: WorkflowReport, key: string): JobReport {
  const report = jobs[key];
  if (report === undefined) throw new Error(`there is no job ${key}, only ${Object.keys(jobs).join(", ")}`);
  return report;
}
