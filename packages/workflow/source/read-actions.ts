import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { WorkflowOrder } from "../model.ts";
import type { GithubParser } from "./github-parser.ts";
import type { ActionSource, StepSource } from "./model.ts";
import type { Problems } from "./problems.ts";
import { field, items, type Token, written } from "./tokens.ts";

/** What reading needs: GitHub's parser, the order, and a place for what is wrong. */
export interface Reading {
  readonly parser: GithubParser;
  readonly order: WorkflowOrder;
  readonly problems: Problems;
  /** How many composite actions are around. */
  readonly depth: number;
}

/** Composite actions in one another, at most: GitHub's limit. */
const deepest = 10;

/** Reads steps with the actions that they use; what cannot be run here becomes a problem with its file and line. */
export function readSteps(token: Token | undefined, file: string, reading: Reading): StepSource[] {
  return items(token).flatMap((step) => {
    const does = whatItDoes(step, { file, reading });
    if (does === undefined) return [];
    return [{ file, token: step, id: written(field(step, "id")), condition: conditionOf(step, reading), does }];
  });
}

/** The condition of a job or step, with `success()` where it asks for no status. */
export function conditionOf(token: Token, { parser }: Pick<Reading, "parser">): string {
  const condition = field(token, "if");
  const text = (written(condition) ?? "")
    .trim()
    .replace(/^\$\{\{([\s\S]*)\}\}$/, "$1")
    .trim();
  return text === "" ? "success()" : parser.ensureStatusFunction(text, condition?.definitionInfo);
}

interface Where {
  file: string;
  reading: Reading;
}

function whatItDoes(step: Token, where: Where): StepSource["does"] | undefined {
  const { file, reading } = where;
  if (field(step, "run") !== undefined) return { kind: "run" };
  const uses = field(step, "uses");
  const name = written(uses);
  if (name === undefined) {
    reading.problems.add(file, step, "this kind of step is not run here: only `run` and `uses` are");
    return undefined;
  }
  if (/^actions\/checkout@/.test(name)) return { kind: "checkout" };
  const found = folderOf(name, reading);
  if (found === undefined) {
    const known = "actions/checkout, cutover-actions/cutover/actions/<name>, and actions of the repository (./…)";
    reading.problems.add(file, uses, `uses ${name}, which is not run here: only ${known} are`);
    return undefined;
  }
  const definition = ["action.yml", "action.yaml"].map((base) => join(found.folder, base)).find(existsSync);
  if (definition !== undefined) return readAction({ ...found, uses: name, definition }, where);
  reading.problems.add(file, uses, `uses ${name}, but there is no action.yml in ${found.folder}`);
  return undefined;
}

interface Found {
  folder: string;
  ours: string | undefined;
}

function folderOf(uses: string, { order }: Reading): Found | undefined {
  const published = /^cutover-actions\/cutover\/actions\/([\w-]+)@.+$/.exec(uses)?.[1];
  if (published !== undefined) return { folder: join(order.cutover.folder, "actions", published), ours: published };
  const local = /^[.$]\/(.*)$/.exec(uses)?.[1];
  if (local === undefined) return undefined;
  return { folder: join(order.repository, local), ours: /^actions\/([\w-]+)\/?$/.exec(local)?.[1] };
}

function readAction({ folder, ours, uses, definition }: Found & { uses: string; definition: string }, where: Where) {
  const { reading } = where;
  const { parser, problems, order, depth } = reading;
  const file = definition.replace(`${order.repository}/`, "");
  const { context, value } = parser.read({ name: file, content: readFileSync(definition, "utf8") }, "action");
  for (const { rawMessage, range } of context.errors.getErrors()) problems.add(file, range?.start.line, rawMessage);
  if (value === undefined) return undefined;
  const base = { file, folder, uses, inputs: field(value, "inputs") };
  const runs = field(value, "runs");
  const using = written(field(runs, "using")) ?? "";
  const main = written(field(runs, "main"));
  if (using === "composite" && depth < deepest) {
    const steps = readSteps(field(runs, "steps"), file, { ...reading, depth: depth + 1 });
    return { ...base, kind: "composite", steps, outputs: field(value, "outputs") } satisfies ActionSource;
  }
  if (/^node\d+$/.test(using) && main !== undefined) {
    const postCondition = written(field(runs, "post-if")) ?? "always()";
    const post = written(field(runs, "post"));
    return { ...base, kind: "script", ours, main, post, postCondition } satisfies ActionSource;
  }
  const reason = using === "composite" ? `composite actions nest deeper than ${deepest}` : `runs.using ${using}`;
  problems.add(file, runs, `${reason} is not run here`);
  return undefined;
}
