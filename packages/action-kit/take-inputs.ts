import type * as z from "zod";
import type { Contract } from "./contract.ts";
import type { Host } from "./host.ts";
import { inputVariable } from "./option-name.ts";
import { parseInputs, rawInputs, secretInputs } from "./read-inputs.ts";
import { maskSecret, secretLeaves } from "./secrets.ts";

/** Inputs, checked; the secret ones are hidden before anything can print them, and leave the environment. */
export function takeInputs<C extends Contract>(contract: C, host: Host): z.output<C["inputs"]> {
  const raw = rawInputs(contract, host.env);
  for (const [name, value] of secretInputs(contract, raw)) {
    for (const leaf of secretLeaves(value)) maskSecret(leaf, host);
    delete host.env[inputVariable(name)];
  }
  return parseInputs(contract, raw);
}
