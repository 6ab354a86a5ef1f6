import * as z from "zod";
import type { GitHub } from "./github.ts";

/** What somebody has answered to a deployment that waited for its environment. */
export interface Approval {
  readonly environments: readonly string[];
  readonly state: string;
  readonly by: string;
}

/** A pull request that brought a commit, and what its reviewers say in the end. */
export interface PullRequest {
  readonly number: number;
  readonly author: string;
  /** People who approve of it as it stands; never its author. */
  readonly approvedBy: readonly string[];
  /** People who want it changed, and have not taken that back. */
  readonly refusedBy: readonly string[];
}

const user = z.looseObject({ login: z.string(), type: z.string().optional() }).nullable();

const approval = z.looseObject({
  state: z.string(),
  user,
  environments: z.array(z.looseObject({ name: z.string().optional() })),
});

const pullRequest = z.looseObject({
  number: z.number(),
  user,
  merge_commit_sha: z.string().nullable(),
  head: z.looseObject({ sha: z.string() }),
});

const review = z.looseObject({ state: z.string(), user });

/** Who let the deployments of a workflow run go ahead. @throws what reading them throws */
export async function approvalsOf(github: GitHub, run: string): Promise<readonly Approval[]> {
  const answers = await github.one({
    path: `/actions/runs/${encodeURIComponent(run)}/approvals`,
    schema: z.array(approval),
    subject: `the approvals of run ${run}`,
    right: "actions: read",
  });
  return answers.map(({ state, user: by, environments }) => ({
    environments: environments.flatMap(({ name }) => name ?? []),
    state,
    by: by?.login ?? "ghost",
  }));
}

/** The pull requests that brought a commit, by its merge or as their head; else all that hold it. @throws what reading them throws */
export async function pullRequestsOf(github: GitHub, commit: string): Promise<readonly PullRequest[]> {
  const pages = await github.pages({
    path: `/commits/${encodeURIComponent(commit)}/pulls`,
    schema: z.array(pullRequest),
    subject: `the pull requests of ${commit.slice(0, 7)}`,
    right: "pull-requests: read",
  });
  const all = pages.flat();
  const itself = all.filter(({ merge_commit_sha: merged, head }) => merged === commit || head.sha === commit);
  return await Promise.all((itself.length === 0 ? all : itself).map((one) => reviewed(github, one)));
}

async function reviewed(github: GitHub, { number, user: by }: z.output<typeof pullRequest>): Promise<PullRequest> {
  const pages = await github.pages({
    path: `/pulls/${number}/reviews`,
    schema: z.array(review),
    subject: `the reviews of #${number}`,
    right: "pull-requests: read",
  });
  const author = by?.login ?? "ghost";
  const words = new Map<string, string>();
  // In the order in which they were given; a mere comment takes nothing back.
  for (const { state, user: reviewer } of pages.flat()) {
    if (state === "COMMENTED" || state === "PENDING" || reviewer === null || reviewer.type === "Bot") continue;
    if (reviewer.login !== author) words.set(reviewer.login, state);
  }
  const whoSaid = (word: string) => [...words].flatMap(([login, state]) => (state === word ? [login] : []));
  return { number, author, approvedBy: whoSaid("APPROVED"), refusedBy: whoSaid("CHANGES_REQUESTED") };
}
