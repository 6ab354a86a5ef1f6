import { createHash } from "node:crypto";
import { basename } from "node:path";
import type { WorkflowOrder } from "../model.ts";
import type { WorkflowSource } from "../source/model.ts";
import type { Inputs } from "../source/trigger.ts";

const realApi = "https://api.github.com";

const runs = new Map<string, number>();
let ids = 0;

/** The token of every job; nobody outside of this process takes it. */
export const tokenOfJobs = "ghs_tokenOfTheJobThatIsNone0123456789abcd";

/** The `github` context of a run; each run of this process has an id of its own. */
export function githubContext(
  { repository, trigger, apiUrl = realApi }: WorkflowOrder,
  source: WorkflowSource,
  inputs: Inputs,
) {
  const { file, name } = source;
  const { ref } = trigger;
  const number = (runs.get(`${repository}/${file}`) ?? 0) + 1;
  runs.set(`${repository}/${file}`, number);
  ids += 1;
  const slug = `acme/${basename(repository)}`;
  const sha = createHash("sha1").update(`${repository} ${ref}`).digest("hex");
  const asked = trigger.name === "workflow_dispatch" ? { inputs: asTexts(inputs), workflow: file } : {};
  const event = {
    ...{ ref, repository: { full_name: slug, name: basename(repository), owner: { login: "acme" } } },
    ...{ sender: { login: "octocat" }, ...asked, ...trigger.payload },
  };
  return {
    ...{ actor: "octocat", actor_id: "583231", triggering_actor: "octocat" },
    ...{ api_url: apiUrl, graphql_url: `${apiUrl}/graphql` },
    ...{ server_url: "https://github.com", token: tokenOfJobs },
    ...{ base_ref: "", head_ref: "", event, event_name: trigger.name, ref, ...namesOf(ref), ref_protected: false },
    ...{ repository: slug, repository_id: "42", repository_owner: "acme", repository_owner_id: "7" },
    ...{ run_id: `${Date.now()}${String(ids).padStart(3, "0")}`, run_number: String(number), run_attempt: "1" },
    ...{ retention_days: "90", sha, workflow: name, workflow_ref: `${slug}/${file}@${ref}`, workflow_sha: sha },
  };
}

function namesOf(ref: string): { ref_name: string; ref_type: string } {
  const [, kind, name = ref] = /^refs\/(heads|tags)\/(.*)$/.exec(ref) ?? [];
  return { ref_name: name, ref_type: kind === "tags" ? "tag" : "branch" };
}

function asTexts(inputs: Inputs): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, String(value)]));
}

/** What of the context a step gets as `GITHUB_…` (actions/runner, src/Runner.Worker/GitHubContext.cs). */
export function githubVariables(github: Readonly<Record<string, unknown>>): Record<string, string> {
  const shown = Object.entries(github).filter(([name]) => name !== "token" && name !== "event");
  return Object.fromEntries(shown.map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, String(value ?? "")]));
}
