import { type GitHubDouble, type Known, openGitHub, type Trouble } from "../../test/doubles/github.ts";
import { checked, told } from "./checked.test-kit.ts";

/** The commit that is released. */
export const commit = "0123abc000000000000000000000000000000000";
const run = 77;

/** What happens at GitHub, and what is asked of a check. */
export interface GitHubScene extends Known {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly troubles?: readonly Trouble[];
  /** What changes while the check looks. */
  readonly meanwhile?: (github: GitHubDouble) => void;
}

/** What a check finds that asks GitHub, in one text; and what it says to do. */
export async function foundAtGitHub(id: string, { inputs, env, troubles = [], meanwhile, ...known }: GitHubScene) {
  await using github = await openGitHub("acme/shop", known);
  github.troubles.push(...troubles);
  meanwhile?.(github);
  const found = await checked(id, {
    inputs: { "github-token": github.token, commit, ...inputs },
    env: {
      GITHUB_API_URL: github.url,
      GITHUB_RUN_ID: String(run),
      GITHUB_WORKFLOW_REF: "acme/shop/.github/workflows/release.yml@refs/tags/v1",
      GITHUB_TRIGGERING_ACTOR: "octocat",
      ...env,
    },
  });
  return { told: told(found), remedy: found.remedy ?? "", asked: github.asked };
}

/** A run of a workflow for the commit, and its jobs: their names with how they ended; `in_progress` for one that has not. */
export function workflow(
  {
    id,
    path = "ci.yml",
    event = "push",
    said = "success",
  }: { id: number; path?: string; event?: string; said?: string },
  jobs: Readonly<Record<string, string>>,
): Required<Pick<Known, "runs" | "checks">> {
  const suite = id * 10;
  const html_url = `https://github.example/acme/shop/actions/runs/${id}`;
  const state = (word: string) =>
    word === "in_progress" ? { status: word, conclusion: null } : { status: "completed", conclusion: word };
  const runs = [
    {
      id,
      name: path.replace(".yml", ""),
      event,
      path: `.github/workflows/${path}@main`,
      check_suite_id: suite,
      ...state(said),
      html_url,
    },
  ];
  const checks = Object.entries(jobs).map(([name, word], index) => ({
    ...{ id: suite + index, name, html_url: `${html_url}/job/${index}` },
    ...(state(word) as Pick<NonNullable<Known["checks"]>[number], "status" | "conclusion">),
    ...{ app: { slug: "github-actions" }, check_suite: { id: suite } },
  }));
  return { runs, checks };
}

/** Several of them. */
export function workflows(...all: readonly ReturnType<typeof workflow>[]): ReturnType<typeof workflow> {
  return { runs: all.flatMap(({ runs }) => runs), checks: all.flatMap(({ checks }) => checks) };
}

/** The run that asks, with a job that has not ended. */
export const ownRun = workflow(
  { id: run, path: "release.yml", said: "in_progress" },
  { "Release to production": "in_progress" },
);
