import type { Action } from "./action.ts";
import { createLog } from "./log.ts";
import { createOutputs } from "./outputs.ts";
import { listenToProcess } from "./process-events.ts";
import { createRunner } from "./runner.ts";
import { takeInputs } from "./take-inputs.ts";

/** Milliseconds: a job does not hang on its cleaning up. */
const longest = 60_000;

/** Runs an action's post if main saved state. Whatever happens is a warning: the job's result is main's. */
export async function startPost(action: Action): Promise<void> {
  const log = createLog();
  const controller = new AbortController();
  const outputs = createOutputs(action.contract.outputs, {}, log);
  const runner = createRunner({ env: process.env, log, outputs, signal: controller.signal });
  let excused = false;
  const excuse = (problem: unknown) => {
    process.exitCode = 0;
    if (excused) return;
    excused = true;
    log.warning(`Cleaning up after ${action.contract.name} did not succeed: ${messageOf(problem)}`);
  };
  const leave = (problem: unknown) => {
    excuse(problem);
    process.exit(0);
  };
  const done = listenToProcess({
    cancelled(signal, times) {
      controller.abort(signal);
      if (times > 1) leave(signal);
    },
    uncaught: leave,
    interrupted: () => excuse("it still waited for something"),
  });
  setTimeout(() => leave(`it took longer than ${longest / 1_000} s`), longest).unref();
  try {
    if (action.post !== undefined && Object.keys(runner.state).length > 0)
      await action.post(takeInputs(action.contract, runner), runner);
  } catch (thrown) {
    excuse(thrown);
  } finally {
    done();
  }
}

function messageOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
