import { workflow as knownRun, workflows as knownRuns } from "../../actions/preflight/github-scene.test-kit.ts";
import type { Workflow } from "./act.ts";
import type { Team } from "./team.ts";

/** Who has workflows, on GitHub. */
type Owner = Pick<Team, "workflow" | "github">;

/** What a form on GitHub asks for. */
type Inputs = Readonly<Record<string, string>>;

let nextRun = Date.now();

/** A pushed tag, which releases its image. */
export function tagged(team: Owner, tag: string): Workflow {
  return started(team, { file: "release.yml", event: "push", payload: { ref: `refs/tags/${tag}` } });
}

/** A workflow by hand; unless another one is named a release, with `image` and what else release.yml asks for. */
export function byHand(team: Owner, inputs: Inputs, file = "release.yml"): Workflow {
  return started(team, { file, event: "workflow_dispatch", inputs });
}

/** A rollback by hand; `to` and `reason`, and what else rollback.yml asks for. */
export function rollback(team: Owner, inputs: Inputs): Workflow {
  return byHand(team, inputs, "rollback.yml");
}

type Trigger = Pick<Workflow, "file" | "event" | "payload" | "inputs">;

/** GitHub lists a run from its start on, among the very checks that it waits for. */
function started({ workflow, github }: Owner, { file, event, ...rest }: Trigger): Workflow {
  const run = nextRun++;
  const isOver = ({ status }: { status: string | null }) => status === "completed";
  const { runs = [], checks = [] } = github.known;
  const earlier = { runs: runs.filter(isOver), checks: checks.filter(isOver) };
  const own = knownRun({ id: run, path: file, event, said: "in_progress" }, { "Release to production": "in_progress" });
  github.known = { ...github.known, ...knownRuns(earlier, own) };
  return { ...workflow, run, file, event, ...rest };
}
