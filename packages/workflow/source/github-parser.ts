import { registerHooks } from "node:module";
import type { TemplateParseResult } from "@actions/workflow-parser";

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
    const { convertWorkflowTemplate } = await import("@actions/workflow-parser");
    const { ErrorPolicy } = await import("@actions/workflow-parser/model/convert");
    const { ensureStatusFunction } = await import("@actions/workflow-parser/model/converter/if-condition");
    return { convertWorkflowTemplate, ErrorPolicy, ensureStatusFunction, read: await loadReader() };
  } finally {
    hooks.deregister();
  }
}

interface File {
  name: string;
  content: string;
}

/** What `parseWorkflow` and `parseAction` do, but for one thing, see below. */
async function loadReader(): Promise<(file: File, kind: "workflow" | "action") => TemplateParseResult> {
  const { NoOperationTraceWriter } = await import("@actions/workflow-parser");
  const { ACTION_ROOT, getActionSchema } = await import("@actions/workflow-parser/actions/index");
  const { TemplateContext, TemplateValidationErrors } = await import(
    "@actions/workflow-parser/templates/template-context"
  );
  const { readTemplate } = await import("@actions/workflow-parser/templates/template-reader");
  const { StringToken } = await import("@actions/workflow-parser/templates/tokens/index");
  const { WORKFLOW_ROOT } = await import("@actions/workflow-parser/workflows/workflow-constants");
  const { getWorkflowSchema } = await import("@actions/workflow-parser/workflows/workflow-schema");
  const { YamlObjectReader } = await import("@actions/workflow-parser/workflows/yaml-object-reader");

  /** An editor needs a text of several lines as it stands in the file, indented and quoted; to run it, we need its value. */
  class ValueReader extends YamlObjectReader {
    override allowLiteral() {
      const token = super.allowLiteral();
      return token instanceof StringToken ? new StringToken(token.file, token.range, token.value, undefined) : token;
    }
  }

  return (file, kind) => {
    const [root, schema] =
      kind === "workflow" ? [WORKFLOW_ROOT, getWorkflowSchema()] : [ACTION_ROOT, getActionSchema()];
    const context = new TemplateContext(new TemplateValidationErrors(), schema, new NoOperationTraceWriter());
    const id = context.getFileId(file.name);
    const reader = new ValueReader(id, file.content);
    for (const { message, range } of reader.errors) context.error(id, message, range);
    return { context, value: reader.errors.length > 0 ? undefined : readTemplate(context, root, reader, id) };
  };
}
