import { createGitHub, type GitHub } from "@cutover/github";
import { CutoverError } from "@cutover/release";
import type { World } from "./check.ts";

/** Who asks GitHub, and of which commit. */
export interface Origin {
  readonly github: GitHub;
  readonly commit: string;
  /** Number of this workflow run; empty outside of GitHub. */
  readonly run: string;
  /** File of this workflow in its repository, such as `.github/workflows/release.yml`; empty outside of GitHub. */
  readonly workflow: string;
  /** Those who have started this run; who has run it again may be somebody else. */
  readonly starters: readonly string[];
}

/** The repository on GitHub that this run is of. @throws `input-invalid` where there is none, or no commit */
export function originOf({ inputs, runner, signal }: World): Origin {
  const { env, identity, web, clock } = runner;
  const commit = inputs.commit ?? identity.commit;
  const repository = env.GITHUB_REPOSITORY ?? "";
  if (repository === "" || commit === "")
    throw new CutoverError("input-invalid", "It is not known which commit of which repository is released", {
      hint: "Run it in a workflow of GitHub Actions, which sets GITHUB_REPOSITORY and GITHUB_SHA; `commit` names another one.",
    });
  const access = { api: env.GITHUB_API_URL || "https://api.github.com", repository, token: inputs.githubToken };
  return {
    github: createGitHub(access, { web, clock, signal }),
    commit,
    run: env.GITHUB_RUN_ID ?? "",
    workflow: /\.github\/[^@]*/.exec(env.GITHUB_WORKFLOW_REF ?? "")?.[0] ?? "",
    starters: [env.GITHUB_ACTOR, env.GITHUB_TRIGGERING_ACTOR].flatMap((name) => name || []),
  };
}
