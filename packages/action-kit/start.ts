import type * as z from "zod";
import type { Action } from "./action.ts";
import type { Contract } from "./contract.ts";
import { printFailure } from "./failure.ts";
import { startPost } from "./post.ts";
import { unknownInputs } from "./read-inputs.ts";
import { isPost, markMain } from "./saved-state.ts";
import { openStage, type Stage } from "./stage.ts";
import { takeInputs } from "./take-inputs.ts";

/**
 * Runs an action as the runner asks for it, main or post: secrets are masked, then all inputs are parsed, outputs are
 * written as soon as they are known, and it fails once. It never throws; the exit code says how it went.
 */
export async function start(action: Action): Promise<void> {
  await (isPost(process.env) ? startPost(action) : startMain(action));
}

async function startMain(action: Action): Promise<void> {
  const { contract } = action;
  const stage = openStage(contract);
  const { runner, outputs, log } = stage;
  try {
    if (action.post !== undefined) markMain(process.env);
    const stranger = unknownInputs(contract, process.env);
    if (stranger !== undefined) log.warning(stranger);
    const result = await action.run(checkedInputs(contract, stage), runner);
    outputs.set(result.outputs);
    if (result.failure !== undefined) {
      process.exitCode = 1;
      printFailure(result.failure, log);
    }
  } catch (thrown) {
    stage.fail(thrown);
  } finally {
    stage.close();
  }
}

function checkedInputs<C extends Contract>(contract: C, { runner, outputs }: Stage): z.output<C["inputs"]> {
  try {
    return takeInputs(contract, runner);
  } catch (thrown) {
    outputs.set(contract.refused ?? {});
    throw thrown;
  }
}
