import type * as z from "zod";
import type { Action } from "./action.ts";
import type { Contract } from "./contract.ts";
import { printFailure } from "./failure.ts";
import { type Host, type InnerHost, innerHost, processHost } from "./host.ts";
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
  await startOn(processHost(), action);
}

/** The same within this process, for the demo and for tests: returns the exit code, and touches nothing global. */
export async function startWithin(given: InnerHost, action: Action): Promise<number> {
  const host = innerHost(given);
  await startOn(host, action);
  return host.exitCode;
}

async function startOn(host: Host, action: Action): Promise<void> {
  await (isPost(host.env) ? startPost(action, host) : startMain(action, host));
}

async function startMain(action: Action, host: Host): Promise<void> {
  const { contract } = action;
  const stage = openStage(contract, host);
  const { runner, outputs, log } = stage;
  try {
    if (action.post !== undefined) markMain(host.env);
    const stranger = unknownInputs(contract, host.env);
    if (stranger !== undefined) log.warning(stranger);
    const result = await action.run(checkedInputs(contract, stage), runner);
    outputs.set(result.outputs);
    if (result.failure !== undefined) {
      host.exitCode = 1;
      printFailure(result.failure, log);
    }
  } catch (thrown) {
    stage.fail(thrown);
  } finally {
    stage.close();
  }
}

function checkedInputs<C extends Contract>(contract: C, { host, outputs }: Stage): z.output<C["inputs"]> {
  try {
    return takeInputs(contract, host);
  } catch (thrown) {
    outputs.set(contract.refused ?? {});
    throw thrown;
  }
}
