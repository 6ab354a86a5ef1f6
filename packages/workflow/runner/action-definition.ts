import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";

const root = join(import.meta.dirname, "..", "..", "..");

/** What the runner takes from an action.yml. */
export interface ActionDefinition {
  /** Default by input; empty where there is none. */
  inputs: Readonly<Record<string, string>>;
  post: boolean;
}

const yaml = z.object({
  inputs: z.record(z.string(), z.object({ default: z.string().optional() })).default({}),
  runs: z.object({ using: z.literal("node24"), main: z.string(), post: z.string().optional() }),
});

/** The definition of the action that `stub` starts: actions/<name>/action.yml; `undefined` for a stub of a test's own. */
export function definitionOf(stub: string): ActionDefinition | undefined {
  const file = join(root, "actions", basename(stub).replace(/\.\w+$/, ""), "action.yml");
  if (!existsSync(file)) return undefined;
  const { inputs, runs } = yaml.parse(parse(readFileSync(file, "utf8")));
  const defaults = Object.entries(inputs).map(([name, { default: value = "" }]) => [name, value]);
  return { inputs: Object.fromEntries(defaults), post: runs.post !== undefined };
}

/** INPUT_ variables as the runner sets them: defaults for what is not given, and undeclared ones all the same. */
export function inputVariables(
  given: Readonly<Record<string, string>>,
  definition: ActionDefinition | undefined,
): Record<string, string> {
  const all = Object.entries({ ...definition?.inputs, ...given });
  return Object.fromEntries(all.map(([name, value]) => [`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`, value]));
}

/** The runner's warning about inputs that action.yml does not declare. */
export function unexpectedInputs(
  given: Readonly<Record<string, string>>,
  definition: ActionDefinition | undefined,
): string | undefined {
  const unexpected = Object.keys(given).filter((name) => definition !== undefined && !(name in definition.inputs));
  if (unexpected.length === 0) return undefined;
  const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(", ");
  return `Unexpected input(s) ${quoted(unexpected)}, valid inputs are [${quoted(Object.keys(definition?.inputs ?? {}))}]`;
}
