import type { Duplex } from "node:stream";
import { createProcesses, createSockets, createWeb } from "@cutover/action-kit";
import type { Clock } from "@cutover/release";
import type { VirtualClock } from "@cutover/sandbox";
import { lineReader, type StartAction } from "@cutover/workflow";
import { isActionName, runWithin } from "../../actions/index.ts";

/** The world of actions that run within this process. */
export interface Within {
  /** While child processes run and servers are asked, a virtual one stands still. */
  clock: Clock | VirtualClock;
  /** The way to the API server, such as a sandbox's `connect`; the network if not given. */
  dial?: (server: URL) => Duplex;
  /** Names each run; by chance if not given. */
  nonce?: () => string;
}

/**
 * Carries actions out within this process, many at once if wanted, from their sources: inputs, outputs and log lines go the
 * way they go between the runner and a process.
 */
export function actionsWithin({ clock, dial, nonce }: Within): StartAction {
  return async ({ action, env, cwd, signal, onLine }) => {
    if (!isActionName(action)) throw new Error(`There is no action ${action}`);
    const { write, end } = lineReader(onLine);
    const real = createProcesses(env);
    const web = createWeb(env);
    const sockets = createSockets();
    const hold = <T>(work: Promise<T>) => ("hold" in clock ? clock.hold(work) : work);
    const exitCode = await runWithin(action, {
      ...{ clock, dial, signal, write },
      env: { GITHUB_WORKSPACE: cwd, ...env },
      nonce: nonce?.(),
      web: { ask: (request) => hold(web.ask(request)) },
      sockets: { talk: (peer, talk) => hold(sockets.talk(peer, talk)) },
      processes: { run: (command) => hold(real.run({ cwd, ...command })) },
    });
    end();
    return { exitCode };
  };
}
