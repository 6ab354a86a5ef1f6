import type { Contract } from "./contract.ts";
import { printFailure, printThrown } from "./failure.ts";
import { createLog, type StepLog } from "./log.ts";
import { createOutputs, type Outputs } from "./outputs.ts";
import { listenToProcess } from "./process-events.ts";
import { createRunner, type Runner } from "./runner.ts";

/** Milliseconds that main has to wind up after an error that nothing caught. */
const windingUp = 5_000;

/** What stands around a main from the process's first moment to its last. */
export interface Stage {
  log: StepLog;
  outputs: Outputs;
  runner: Runner;
  /** Fails the step, for whatever was thrown. */
  fail(thrown: unknown): void;
  /** Everything is said and done. */
  close(): void;
}

/** Sets the stage for main: whatever happens to the process, outputs are complete and the exit code is honest. */
export function openStage({ outputs: declared }: Contract): Stage {
  const log = createLog();
  const outputs = createOutputs(declared, process.env, log);
  const controller = new AbortController();
  const runner = createRunner({ env: process.env, log, outputs, signal: controller.signal });
  const fail = (thrown: unknown) => {
    process.exitCode = 1;
    const { signal } = controller;
    if (signal.aborted && thrown === signal.reason) printFailure({ message: `Cancelled (${signal.reason})` }, log);
    else printThrown(thrown, log);
  };
  const leave = () => {
    outputs.complete();
    process.exit(1);
  };
  const done = listenToProcess({
    cancelled(signal, times) {
      controller.abort(signal);
      if (times < 2) return log.info(`Cancelled (${signal}): winding up`);
      fail(controller.signal.reason);
      leave();
    },
    uncaught(error) {
      fail(error);
      controller.abort("an error of cutover");
      setTimeout(leave, windingUp).unref();
    },
    interrupted() {
      if (process.exitCode !== 1) fail(new Error("the process ended while the action still waited for something"));
      outputs.complete();
    },
  });
  const close = () => {
    outputs.complete();
    done();
  };
  return { log, outputs, runner, fail, close };
}
