import type { Action } from "./action.ts";
import type { Host } from "./host.ts";
import { createLog } from "./log.ts";
import { createOutputs } from "./outputs.ts";
import { createRunner } from "./runner.ts";
import { takeInputs } from "./take-inputs.ts";

/** Milliseconds: a job does not hang on its cleaning up. */
const longest = 60_000;

/** Runs an action's post if main saved state. Whatever happens is a warning: the job's result is main's. */
export async function startPost(action: Action, host: Host): Promise<void> {
  const log = createLog(host.write);
  const controller = new AbortController();
  const outputs = createOutputs(action.contract.outputs, {}, log);
  const runner = createRunner({ host, log, outputs, signal: controller.signal });
  let excused = false;
  const excuse = (problem: unknown) => {
    host.exitCode = 0;
    if (excused) return;
    excused = true;
    log.warning(`Cleaning up after ${action.contract.name} did not succeed: ${messageOf(problem)}`);
  };
  const leave = (problem: unknown) => {
    excuse(problem);
    host.exit();
  };
  const done = host.listen({
    cancelled(signal, times) {
      controller.abort(signal);
      if (times > 1) leave(signal);
    },
    uncaught: leave,
    interrupted: () => excuse("it still waited for something"),
  });
  const limit = setTimeout(() => leave(`it took longer than ${longest / 1_000} s`), longest);
  limit.unref();
  try {
    if (action.post !== undefined && Object.keys(runner.state).length > 0)
      await action.post(takeInputs(action.contract, host), runner);
  } catch (thrown) {
    excuse(thrown);
  } finally {
    clearTimeout(limit);
    done();
  }
}

function messageOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
