import { registerHooks } from "node:module";

export type GithubParser = Awaited<ReturnType<typeof load>>;

let loaded: Promise<GithubParser> | undefined;

/** GitHub's own parser of workflows and actions, loaded when the first workflow is read. */
export function githubParser(): Promise<GithubParser> {
  loaded ??= load();
  return loaded;
}

async function load() {
  // It imports its schemas as JSON without saying that they are: bundlers do not mind, Node does.
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      return specifier.endsWith(".min.json") ? { ...found, importAttributes: { type: "json" } } : found;
    },
  });
  try {
    const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = await import("@actions/workflow-parser");
    const { parseAction, convertActionTemplate } = await import("@actions/workflow-parser/actions/index");
    const { ensureStatusFunction } = await import("@actions/workflow-parser/model/converter/if-condition");
    const { ErrorPolicy } = await import("@actions/workflow-parser/model/convert");
    const trace = new NoOperationTraceWriter();
    return {
      ...{ parseWorkflow, convertWorkflowTemplate, parseAction, convertActionTemplate, ensureStatusFunction },
      ...{ ErrorPolicy, trace },
    };
  } finally {
    hooks.deregister();
  }
}
