import type * as z from "zod";
import type { Environment } from "./environment.ts";
import type { StepLog } from "./log.ts";
import { kebabCase } from "./option-name.ts";
import { addToFile } from "./workflow-commands.ts";

export interface Outputs {
  /** Writes each value at once: who is killed later has said it. */
  set(values: Readonly<Record<string, unknown>>): void;
  /** Writes every declared output that was never set, empty. */
  complete(): void;
}

/** The outputs of a step. What cannot be written is a warning: what the action does must not depend on it. */
export function createOutputs(declared: z.ZodObject, env: Environment, log: StepLog): Outputs {
  const written = new Map<string, string>();
  let warned = false;
  const write = (name: string, value: unknown) => {
    const text = outputText(value);
    if (!(name in declared.shape)) return log.warning(`A bug of cutover: its contract declares no output ${name}`);
    if (written.get(name) === text) return;
    written.set(name, text);
    try {
      if (env.GITHUB_OUTPUT) addToFile(env.GITHUB_OUTPUT, kebabCase(name), text);
    } catch (error) {
      if (!warned) log.warning(`Outputs cannot be written, later steps will find them empty: ${String(error)}`);
      warned = true;
    }
  };
  return {
    set: (values) => {
      for (const [name, value] of Object.entries(values)) write(name, value);
    },
    complete: () => {
      for (const name of Object.keys(declared.shape)) if (!written.has(name)) write(name, "");
    },
  };
}

/** Text as it is, numbers and flags as text, anything deeper as JSON, nothing as the empty text. */
function outputText(value: unknown): string {
  if (value === undefined || value === null) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  // Some runners lose an empty first line.
  return text.replace(/^[\r\n]+/, "");
}
