import type * as z from "zod";
import type { Contract } from "./contract.ts";
import type { Failure } from "./failure.ts";
import type { Runner } from "./runner.ts";

/** How a run ended: outputs are set before the step fails, so that later steps can read them. */
export interface ActionResult<O extends z.ZodObject = z.ZodObject> {
  outputs: Partial<z.input<O>>;
  /** A bad verdict is a value, not an error. */
  failure?: Failure | undefined;
}

export interface Action<C extends Contract = Contract> {
  contract: C;
  run(inputs: z.output<C["inputs"]>, runner: Runner<C["outputs"]>): Promise<ActionResult<C["outputs"]>>;
  /** Cleans up at the job's end, if main saved state. It cannot fail the job. */
  post?(inputs: z.output<C["inputs"]>, runner: Runner<C["outputs"]>): Promise<void>;
}

/** An action: a contract, what fulfils it, and what cleans up after a main that died. */
export function defineAction<C extends Contract>(
  contract: C,
  run: Action<C>["run"],
  { post }: { post?: Action<C>["post"] } = {},
): Action<C> {
  if ((contract.post ?? false) !== (post !== undefined))
    throw new TypeError(`${contract.name}: contract and action disagree on whether there is a post`);
  return post === undefined ? { contract, run } : { contract, run, post };
}
