import type { Workflow } from "./act.ts";
import type { Team } from "./team.ts";

/** What a form on GitHub asks for. */
type Inputs = Readonly<Record<string, string>>;

/** A pushed tag, which releases its image. */
export function tagged({ workflow }: Team, tag: string): Workflow {
  return { ...workflow, file: "release.yml", event: "push", payload: { ref: `refs/tags/${tag}` } };
}

/** A release by hand; `image`, and what else release.yml asks for. */
export function byHand({ workflow }: Team, inputs: Inputs): Workflow {
  return { ...workflow, file: "release.yml", event: "workflow_dispatch", inputs };
}

/** A rollback by hand; `to` and `reason`, and what else rollback.yml asks for. */
export function rollback({ workflow }: Team, inputs: Inputs): Workflow {
  return { ...workflow, file: "rollback.yml", event: "workflow_dispatch", inputs };
}
