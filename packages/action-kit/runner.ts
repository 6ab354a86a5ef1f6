import { tmpdir } from "node:os";
import type { Clock, Identity, Log, Processes, Web } from "@cutover/release";
import type * as z from "zod";
import type { Environment } from "./environment.ts";
import type { Dial, Host } from "./host.ts";
import { identityOf } from "./identity.ts";
import type { StepLog } from "./log.ts";
import type { Outputs } from "./outputs.ts";
import { isPost, savedState, saveState } from "./saved-state.ts";
import { maskSecret } from "./secrets.ts";
import type { Sockets } from "./sockets.ts";
import { createSummary } from "./summary.ts";

/** The world around an action: the runner, as far as actions may know it. `O` is the contract's outputs. */
export interface Runner<O extends z.ZodObject = z.ZodObject> {
  clock: Clock;
  processes: Processes;
  /** Servers that the user names, but for API servers. */
  web: Web;
  /** The same, where something else than HTTP is spoken. */
  sockets: Sockets;
  /** The way to API servers; the network if not given. */
  dial?: Dial | undefined;
  log: Log;
  identity: Identity;
  env: Environment;
  /** Where relative paths of the user begin. */
  workspace: string;
  /** For files that may go when the job ends. */
  temp: string;
  /** Aborts when the job is cancelled; its reason is the signal's name, such as `SIGINT`. */
  signal: AbortSignal;
  /** Whether this is the cleaning up at the job's end. */
  isPost: boolean;
  /** What main saved; empty in main. */
  state: Readonly<Record<string, string>>;
  /** Writes these outputs at once; the last value counts. */
  setOutputs(values: Partial<z.input<O>>): void;
  /** Adds Markdown to the step's summary; what others wrote must be escaped. */
  addSummary(markdown: string): void;
  /** Hands text to `post`; the debug log shows it. Without it `post` does not run. @throws if it cannot be saved. */
  saveState(values: Readonly<Record<string, string>>): void;
  /** Hides `value`, and the forms in which it travels, from everything printed later. Under 4 characters nothing happens. */
  maskSecret(value: string): void;
}

/** What a runner is made from. */
export interface Surroundings {
  host: Host;
  log: StepLog;
  outputs: Outputs;
  signal: AbortSignal;
}

export function createRunner({ host, log, outputs, signal }: Surroundings): Runner {
  const { env, clock, processes, web, sockets, dial, nonce } = host;
  return {
    clock,
    processes,
    web,
    sockets,
    dial,
    log,
    identity: identityOf(env, nonce),
    env,
    workspace: env.GITHUB_WORKSPACE || process.cwd(),
    temp: env.RUNNER_TEMP || tmpdir(),
    signal,
    isPost: isPost(env),
    state: savedState(env),
    setOutputs: (values) => outputs.set(values),
    addSummary: createSummary(env, log),
    saveState: (values) => saveState(values, env),
    maskSecret: (value) => maskSecret(value, host),
  };
}
