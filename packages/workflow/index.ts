import type { WorkflowOrder, WorkflowReport } from "./model.ts";

export type * from "./model.ts";
export { tokenOfJobs } from "./plan/github-context.ts";
export { lineReader } from "./runner/lines.ts";
export { type ActionRun, type ActionRunResult, runAction } from "./runner/run-action.ts";
export { createSecretMasker } from "./runner/secret-masker.ts";
export { readOutput, type StepOutput } from "./runner/step-output.ts";
export { WorkflowFileError } from "./source/problems.ts";

/**
 * Runs a workflow file on this machine as GitHub would on its runners.
 * @throws WorkflowFileError before anything runs, with everything in the files that is wrong or cannot be run here
 */
export async function runWorkflow(order: WorkflowOrder): Promise<WorkflowReport> {
  // GitHub's parser is large, and who only runs an action need not load it.
  const { run } = await import("./plan/run-workflow.ts");
  return await run(order);
}
