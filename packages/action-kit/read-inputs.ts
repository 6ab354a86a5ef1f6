import { CutoverError } from "@cutover/release";
import type * as z from "zod";
import { type Contract, isSecret } from "./contract.ts";
import type { Environment } from "./environment.ts";
import { nearestName } from "./nearest-name.ts";
import { inputVariable, kebabCase } from "./option-name.ts";

/** What the workflow said, by camelCase name; empty is the same as not given, since YAML cannot tell them apart. */
export type RawInputs = Readonly<Record<string, string>>;

export function rawInputs(contract: Contract, env: Environment): RawInputs {
  const given = Object.keys(contract.inputs.shape).flatMap((name) => {
    const text = env[inputVariable(name)]?.trim();
    return text ? [[name, text] as const] : [];
  });
  return Object.fromEntries(given);
}

/** The secret inputs that were given: name and text. */
export function secretInputs(contract: Contract, raw: RawInputs): [name: string, value: string][] {
  return Object.entries(raw).filter(([name]) => isSecret(contract.inputs.shape[name]));
}

/** All inputs as the contract types them. @throws input-invalid with every bad one, a line each. */
export function parseInputs<C extends Contract>(contract: C, raw: RawInputs): z.output<C["inputs"]> {
  const result = contract.inputs.safeParse(raw);
  // The schema is the contract's own, so what it gives is what the contract says.
  if (result.success) return result.data as z.output<C["inputs"]>;
  const problems = result.error.issues.map((issue) => describe(issue, contract, raw));
  throw new CutoverError("input-invalid", problems.join("\n"), {
    hint: `Correct the step's \`with:\`; every input is described in README.md of ${contract.name}.`,
  });
}

/** One sentence on the inputs that the contract does not know, with what was probably meant; `undefined` if there are none. */
export function unknownInputs(contract: Contract, env: Environment): string | undefined {
  const known = Object.keys(contract.inputs.shape).map(kebabCase);
  const variables = new Set(known.map(inputVariable));
  const strangers = Object.keys(env).filter((key) => key.startsWith("INPUT_") && !variables.has(key));
  if (strangers.length === 0) return undefined;
  const described = strangers.map((key) => {
    const name = key.slice("INPUT_".length).toLowerCase();
    const near = nearestName(name, known);
    return near === undefined ? name : `${name} (did you mean ${near}?)`;
  });
  return `${contract.name} takes no input ${described.join(", ")}; what is said there has no effect`;
}

function describe(issue: z.core.$ZodIssue, contract: Contract, raw: RawInputs): string {
  const [name] = issue.path;
  if (typeof name !== "string") return issue.message;
  const rule = issue.code === "custom" && issue.params?.word !== true;
  const got = rule ? "" : `, got ${shown(raw[name], isSecret(contract.inputs.shape[name]))}`;
  return `${kebabCase(name)}: ${issue.message}${got}`;
}

function shown(value: string | undefined, secret: boolean): string {
  if (value === undefined) return "nothing";
  if (secret) return "a secret that is not shown";
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}
