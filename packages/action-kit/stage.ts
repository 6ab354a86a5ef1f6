import type { Contract } from "./contract.ts";
import { printFailure, printThrown } from "./failure.ts";
import type { Host } from "./host.ts";
import { createLog, type StepLog } from "./log.ts";
import { createOutputs, type Outputs } from "./outputs.ts";
import { createRunner, type Runner } from "./runner.ts";

/** Milliseconds that main has to wind up after an error that nothing caught. */
const windingUp = 5_000;

/** What stands around a main from the process's first moment to its last. */
export interface Stage {
  host: Host;
  log: StepLog;
  outputs: Outputs;
  runner: Runner;
  /** Fails the step, for whatever was thrown. */
  fail(thrown: unknown): void;
  /** Everything is said and done. */
  close(): void;
}

/** Sets the stage for main: whatever happens to the host, outputs are complete and the exit code is honest. */
export function openStage({ outputs: declared }: Contract, host: Host): Stage {
  const log = createLog(host.write);
  const outputs = createOutputs(declared, host.env, log);
  const controller = new AbortController();
  const runner = createRunner({ host, log, outputs, signal: controller.signal });
  const fail = (thrown: unknown) => {
    host.exitCode = 1;
    const { signal } = controller;
    if (signal.aborted && thrown === signal.reason) printFailure({ message: `Cancelled (${signal.reason})` }, log);
    else printThrown(thrown, log);
  };
  const leave = () => {
    outputs.complete();
    host.exitCode = 1;
    host.exit();
  };
  const done = host.listen({
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
      if (host.exitCode !== 1) fail(new Error("the process ended while the action still waited for something"));
      outputs.complete();
    },
  });
  const close = () => {
    outputs.complete();
    done();
  };
  return { host, log, outputs, runner, fail, close };
}
