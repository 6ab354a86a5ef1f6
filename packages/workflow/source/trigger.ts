import { matchesFilter } from "../expression/matches.ts";
import type { Trigger } from "../model.ts";
import type { WorkflowSource } from "./model.ts";
import { WorkflowFileError } from "./problems.ts";
import { entries, field, items, literal, type Token, written } from "./tokens.ts";

export type Inputs = Readonly<Record<string, string | boolean | number>>;

/** The inputs with which a trigger starts a workflow. @throws WorkflowFileError where it would start none */
export function startedBy({ file, root }: WorkflowSource, { name, ref, inputs = {} }: Trigger): Inputs {
  const on = field(root, "on");
  const refuse = (token: Token | undefined, why: string) =>
    new WorkflowFileError([`${file}:${token?.line ?? 1} ${why}`]);
  const names = entries(on).map(([key]) => key);
  const isNamed = names.includes(name) || items(on).some((item) => written(item) === name);
  if (!isNamed) throw refuse(on, `is not started by ${name}`);
  const trigger = field(on, name);
  if (name === "push" && !pushMatches(trigger, ref)) throw refuse(trigger, `is not started by a push of ${ref}`);
  if (name !== "workflow_dispatch" && name !== "workflow_call") return {};
  const { values, problems } = resolveInputs(field(trigger, "inputs"), inputs);
  if (problems.length > 0) throw new WorkflowFileError(problems.map((why) => `${file}:${trigger?.line ?? 1} ${why}`));
  return values;
}

function pushMatches(push: Token | undefined, ref: string): boolean {
  const [, kind = "", name = ""] = /^refs\/(tags|heads)\/(.*)$/.exec(ref) ?? [];
  const [own, other] = kind === "tags" ? (["tags", "branches"] as const) : (["branches", "tags"] as const);
  const list = (key: string) => items(field(push, key)).flatMap((item) => written(item) ?? []);
  const has = (key: string) => field(push, key) !== undefined;
  if (has(own)) return matchesFilter(name, list(own));
  if (has(`${own}-ignore`)) return !matchesFilter(name, list(`${own}-ignore`));
  return !has(other) && !has(`${other}-ignore`);
}

/** Inputs as declared, with defaults and their types, and what is wrong with those given. */
export function resolveInputs(
  declared: Token | undefined,
  given: Readonly<Record<string, unknown>>,
): { values: Inputs; problems: string[] } {
  const names = entries(declared).map(([name]) => name);
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  const problems = unknown.map((name) => `has no input '${name}'`);
  const values = entries(declared).map(([name, token]) => {
    const type = written(field(token, "type")) ?? "string";
    const preset = field(token, "default");
    const value = given[name] ?? (preset === undefined ? undefined : literal(preset));
    if (written(field(token, "required")) === "true" && (value ?? "") === "") problems.push(`needs an input '${name}'`);
    const wrong = wrongOf(type, value, token);
    if (wrong !== undefined) problems.push(`input '${name}' ${wrong}`);
    return [name, typed(type, value)] as const;
  });
  return { values: Object.fromEntries(values), problems };
}

function wrongOf(type: string, value: unknown, token: Token): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const options = items(field(token, "options")).flatMap((option) => written(option) ?? []);
  if (type === "choice" && !options.includes(String(value))) return `is '${value}', not one of ${options.join(", ")}`;
  if (type === "boolean" && !["true", "false"].includes(String(value))) return `is '${value}', not true or false`;
  if (type === "number" && Number.isNaN(Number(value))) return `is '${value}', not a number`;
  return undefined;
}

function typed(type: string, value: unknown): string | boolean | number {
  if (type === "boolean") return String(value) === "true";
  if (type === "number") return Number(value ?? 0);
  return value === undefined || value === null ? "" : String(value);
}
