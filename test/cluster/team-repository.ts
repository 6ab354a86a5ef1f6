import { workflow as knownRun, workflows as knownRuns } from "../../actions/preflight/github-scene.test-kit.ts";
import { demand } from "../../scripts/command.ts";
import { type GitHubDouble, type Known, openGitHub } from "../doubles/github.ts";
import type { Workflow } from "./act.ts";

/** A team's repository: a folder with one commit on `main`, and what GitHub knows of that. */
export interface TeamRepository extends AsyncDisposable {
  github: GitHubDouble;
  commit: string;
  /** What a workflow is run with. */
  workflow: Pick<Workflow, "repository" | "origin">;
}

const name = "example/team";

/** Makes a repository of a folder, with all that is in it. */
export async function openRepository(folder: string): Promise<TeamRepository> {
  const git = (...args: string[]) => demand("git", args, folder);
  await git("init", "--quiet", "--initial-branch=main");
  await git("remote", "add", "origin", `https://github.com/${name}`);
  await git("add", "--all");
  await git("-c", "user.name=Team", "-c", "user.email=team@example.com", "commit", "--quiet", "--message=Start");
  const commit = (await git("rev-parse", "HEAD")).trim();
  const github = await openGitHub(name, reviewed(commit));
  const { url: api, token } = github;
  const workflow = { repository: folder, origin: { name, api, token } };
  return { github, commit, workflow, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() };
}

/** Its tests have passed, a release of it has failed before, and somebody else has approved of it. */
function reviewed(commit: string): Known {
  const user = (login: string) => ({ login, type: "User" });
  return {
    ...knownRuns(
      knownRun({ id: 1 }, { tests: "success" }),
      knownRun({ id: 2, path: "release.yml", said: "failure" }, { "Release to production": "failure" }),
    ),
    pulls: [{ number: 4, merge_commit_sha: commit, user: user("author"), head: { sha: "f00" } }],
    reviews: { 4: [{ state: "APPROVED", user: user("mona") }] },
  };
}
