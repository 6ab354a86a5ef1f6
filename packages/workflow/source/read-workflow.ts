import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { WorkflowOrder } from "../model.ts";
import { githubParser } from "./github-parser.ts";
import type { JobSource, WorkflowSource } from "./model.ts";
import { collectProblems, WorkflowFileError } from "./problems.ts";
import { conditionOf, type Reading, readSteps } from "./read-actions.ts";
import { entries, field, items, type Token, written } from "./tokens.ts";

/** Workflows that call one another, at most: the first and nine that are called. */
const deepest = 10;

/**
 * Reads the order's workflow with every workflow and action that it uses.
 * @throws WorkflowFileError with all that is wrong, or that is not run here, before anything runs
 */
export async function readOrder(order: WorkflowOrder): Promise<WorkflowSource> {
  const reading = { parser: await githubParser(), order, problems: collectProblems(), depth: 0 };
  const source = await readWorkflow(order.file, reading, 1);
  if (source === undefined || reading.problems.found.size > 0) {
    throw new WorkflowFileError([...reading.problems.found]);
  }
  return source;
}

async function readWorkflow(file: string, reading: Reading, depth: number): Promise<WorkflowSource | undefined> {
  const { parser, order, problems } = reading;
  const path = join(order.repository, file);
  if (!existsSync(path)) {
    problems.add(file, 1, "there is no such workflow");
    return undefined;
  }
  const content = (name: string) => ({ name, content: readFileSync(join(order.repository, name), "utf8") });
  const { context, value } = parser.read(content(file), "workflow");
  if (value !== undefined) {
    const files = { getFileContent: async (reference: { path: string }) => content(reference.path) };
    const settings = { errorPolicy: parser.ErrorPolicy.TryConversion, fetchReusableWorkflowDepth: 1 };
    await parser.convertWorkflowTemplate(context, value, files, settings);
  }
  for (const { rawMessage, prefix, range } of context.errors.getErrors()) {
    problems.add(prefix?.replace(/ \(Line.*/, "") ?? file, range?.start.line, rawMessage);
  }
  if (value === undefined) return undefined;
  const jobs = entries(field(value, "jobs")).map(([key, token]) => readJob({ key, token, file }, reading, depth));
  return { file, name: written(field(value, "name")) ?? file, root: value, jobs: await Promise.all(jobs) };
}

interface Where {
  key: string;
  token: Token;
  file: string;
}

async function readJob({ key, token, file }: Where, reading: Reading, depth: number): Promise<JobSource> {
  const { problems } = reading;
  for (const unable of ["container", "services"]) {
    const found = field(token, unable);
    if (found !== undefined) problems.add(file, found, `${unable} is not run here`);
  }
  return {
    ...{ key, token, file },
    needs: items(field(token, "needs")).flatMap((need) => written(need) ?? []),
    condition: conditionOf(token, reading),
    steps: readSteps(field(token, "steps"), file, reading),
    calls: await readCalled({ file, uses: field(token, "uses") }, reading, depth),
  };
}

interface Call {
  file: string;
  uses: Token | undefined;
}

async function readCalled({ file, uses }: Call, reading: Reading, depth: number): Promise<WorkflowSource | undefined> {
  const name = written(uses);
  if (name === undefined) return undefined;
  const path = /^[.$]\/(\.github\/workflows\/[^/]+\.ya?ml)$/.exec(name)?.[1];
  if (path !== undefined && depth < deepest) return await readWorkflow(path, reading, depth + 1);
  const reason = path === undefined ? "is not run here: only workflows of the repository are" : "calls too deep";
  reading.problems.add(file, uses, `uses ${name}, which ${reason}`);
  return undefined;
}
