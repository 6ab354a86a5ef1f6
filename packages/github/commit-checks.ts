import * as z from "zod";
import type { GitHub } from "./github.ts";

/** What somebody says of a commit. */
export interface CommitCheck {
  readonly name: string;
  /** Who says it: a workflow's file, an app, or `status`. */
  readonly by: string;
  readonly state: "green" | "red" | "pending";
  /** In GitHub's own word: `failure`, `in_progress`. */
  readonly said: string;
  /** Where people read more; empty where nobody says. */
  readonly url: string;
  /** Whether the very workflow says it that asks, in another run. */
  readonly isOwn: boolean;
  /** Whether it stands for a workflow run whose jobs are not all there yet. */
  readonly isRun: boolean;
}

/** Which commit, and who asks. */
export interface CommitQuestion {
  readonly commit: string;
  /** Number of the workflow run that asks: what it says itself does not count. */
  readonly run: string;
  /** File of the workflow that asks; empty outside of GitHub. */
  readonly workflow: string;
  /** Events whose workflow runs count. Scheduled ones attach to whatever a branch's tip is and tell nothing of the commit. */
  readonly events: readonly string[];
}

const workflowRun = z.looseObject({
  id: z.number(),
  name: z.string().nullish(),
  event: z.string(),
  path: z.string(),
  check_suite_id: z.number().optional(),
  status: z.string().nullable(),
  conclusion: z.string().nullable(),
  html_url: z.string(),
});

const checkRun = z.looseObject({
  id: z.number(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  html_url: z.string().nullable(),
  app: z.looseObject({ slug: z.string().optional() }).nullable(),
  check_suite: z.looseObject({ id: z.number() }).nullable(),
});

const status = z.looseObject({
  context: z.string(),
  state: z.string(),
  target_url: z.string().nullish(),
  updated_at: z.string().optional(),
});

type WorkflowRun = z.output<typeof workflowRun>;
type CheckRun = z.output<typeof checkRun>;

/** Check runs and commit statuses of a commit, the latest of each name and source. @throws what reading them throws */
export async function commitChecks(github: GitHub, question: CommitQuestion): Promise<readonly CommitCheck[]> {
  const { commit } = question;
  const short = commit.slice(0, 7);
  const ref = `/commits/${encodeURIComponent(commit)}`;
  const [runs, checks, statuses] = await Promise.all([
    github.pages({
      path: "/actions/runs",
      query: { head_sha: commit },
      schema: z.looseObject({ workflow_runs: z.array(workflowRun) }),
      subject: `the workflow runs of ${short}`,
      right: "actions: read",
    }),
    github.pages({
      path: `${ref}/check-runs`,
      query: { filter: "latest" },
      schema: z.looseObject({ check_runs: z.array(checkRun) }),
      subject: `the check runs of ${short}`,
      right: "checks: read",
    }),
    github.pages({
      path: `${ref}/status`,
      schema: z.looseObject({ statuses: z.array(status) }),
      subject: `the commit statuses of ${short}`,
      right: "statuses: read",
    }),
  ]);
  const allRuns = runs.flatMap((page) => page.workflow_runs);
  const allChecks = checks.flatMap((page) => page.check_runs);
  return [
    ...jobs(allRuns, allChecks, question),
    ...runsWithoutJobs(allRuns, allChecks, question),
    ...statuses.flatMap((page) => page.statuses).map(statusCheck),
  ];
}

function jobs(runs: readonly WorkflowRun[], checks: readonly CheckRun[], question: CommitQuestion) {
  const runOf = new Map(runs.map((run) => [run.check_suite_id, run]));
  const latest = new Map<string, CommitCheck>();
  for (const check of checks.toSorted((one, other) => one.id - other.id)) {
    const run = runOf.get(check.check_suite?.id);
    if (run !== undefined && !counts(run, question)) continue;
    const by = run === undefined ? (check.app?.slug ?? "an app") : fileOf(run);
    const { name, html_url: url } = check;
    const isOwn = run !== undefined && by === question.workflow;
    latest.set(`${by}\n${name}`, { name, by, ...stateOf(check), url: url ?? "", isOwn, isRun: false });
  }
  return latest.values();
}

/** Jobs that wait for others have no check run yet, and a workflow that cannot start never gets one. */
function runsWithoutJobs(runs: readonly WorkflowRun[], checks: readonly CheckRun[], question: CommitQuestion) {
  const suites = new Set(checks.map((check) => check.check_suite?.id));
  return runs
    .filter((run) => counts(run, question))
    .flatMap((run): CommitCheck[] => {
      const state = stateOf(run);
      const isUntold = state.state === "pending" || (state.state === "red" && !suites.has(run.check_suite_id));
      const by = fileOf(run);
      const facts = { name: run.name ?? by, by, url: run.html_url, isOwn: by === question.workflow, isRun: true };
      return isUntold ? [{ ...facts, ...state }] : [];
    });
}

function counts({ id, event }: WorkflowRun, { run, events }: CommitQuestion): boolean {
  return events.includes(event) && String(id) !== run;
}

/** `owner/name/.github/workflows/ci.yml@main` as `.github/workflows/ci.yml`. */
function fileOf({ path }: { readonly path: string }): string {
  return path.replace(/@.*$/, "").replace(/^.*?(?=\.github\/)/, "");
}

const good = new Set(["success", "neutral", "skipped"]);

function stateOf({ status, conclusion }: { readonly status: string | null; readonly conclusion: string | null }) {
  if (status !== "completed") return { state: "pending", said: status ?? "queued" } as const;
  const said = conclusion ?? "nothing";
  return { state: good.has(said) ? "green" : "red", said } as const;
}

/** GitHub lists the latest of each context alone. */
function statusCheck({ context, state, target_url: url }: z.output<typeof status>): CommitCheck {
  const known = { success: "green", pending: "pending" } as const;
  const verdict = state === "success" || state === "pending" ? known[state] : "red";
  return { name: context, by: "status", state: verdict, said: state, url: url ?? "", isOwn: false, isRun: false };
}
