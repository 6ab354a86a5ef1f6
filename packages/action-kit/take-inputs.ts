import type * as z from "zod";
import type { Contract } from "./contract.ts";
import { inputVariable } from "./option-name.ts";
import { parseInputs, rawInputs, secretInputs } from "./read-inputs.ts";
import type { Runner } from "./runner.ts";
import { secretLeaves } from "./secrets.ts";

/** Inputs, checked; the secret ones are hidden before anything can print them, and leave the environment. */
export function takeInputs<C extends Contract>(contract: C, runner: Runner): z.output<C["inputs"]> {
  const raw = rawInputs(contract, process.env);
  for (const [name, value] of secretInputs(contract, raw)) {
    for (const leaf of secretLeaves(value)) runner.maskSecret(leaf);
    delete process.env[inputVariable(name)];
  }
  return parseInputs(contract, raw);
}
