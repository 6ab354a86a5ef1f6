import { randomBytes } from "node:crypto";
import type { Duplex } from "node:stream";
import type { Clock, Processes, Web } from "@cutover/release";
import { systemClock } from "./clock.ts";
import type { Environment } from "./environment.ts";
import { listenToProcess, type ProcessEvents } from "./process-events.ts";
import { createProcesses } from "./processes.ts";
import { createSockets, type Sockets } from "./sockets.ts";
import { createWeb } from "./web.ts";

/** Hands out a connection to a server that is no address of the network. */
export type Dial = (server: URL) => Duplex;

/** What an action runs on: a process that the runner has started for it, or one run among several in a process of ours. */
export interface Host {
  /** Its variables; what is secret in them is taken out once it is read. */
  readonly env: Record<string, string | undefined>;
  /** Names this run and no other. */
  readonly nonce: string;
  readonly clock: Clock;
  readonly processes: Processes;
  readonly web: Web;
  readonly sockets: Sockets;
  /** The way to API servers; the network if not given. */
  readonly dial?: Dial | undefined;
  /** Puts text, lines mostly, on the step's output. */
  write(text: string): void;
  /** How it ends, as far as is known. */
  exitCode: number;
  /** Tells what happens from outside, until the returned function says that the action is done. */
  listen(events: ProcessEvents): () => void;
  /** Ends it here and now. */
  exit(): void;
}

/** This process, as the runner has started it. */
export function processHost(): Host {
  return {
    env: process.env,
    nonce: newNonce(),
    clock: systemClock,
    processes: createProcesses(process.env),
    web: createWeb(process.env),
    sockets: createSockets(),
    write: (text) => void process.stdout.write(text),
    get exitCode() {
      return Number(process.exitCode ?? 0);
    },
    set exitCode(code) {
      process.exitCode = code;
    },
    listen: listenToProcess,
    exit: () => process.exit(),
  };
}

/** What a run within this process is given; everything else is left out or made up. */
export interface InnerHost {
  /** As the runner would set them: INPUT_…, GITHUB_OUTPUT, STATE_… and so on. They are copied. */
  env: Environment;
  clock: Clock;
  /** Real ones, with the variables of `env`, if not given. */
  processes?: Processes | undefined;
  /** As this machine reaches it, if not given. */
  web?: Web | undefined;
  /** The same. */
  sockets?: Sockets | undefined;
  dial?: Dial | undefined;
  /** Aborts when the job is cancelled. */
  signal?: AbortSignal | undefined;
  /** Names this run and no other; by chance if not given. */
  nonce?: string | undefined;
  write(text: string): void;
}

/** A run within this process, of which nothing global is touched. */
export function innerHost({ env, clock, processes, web, sockets, dial, signal, nonce, write }: InnerHost): Host {
  const own = { ...env };
  return {
    ...{ env: own, clock, dial, write },
    nonce: nonce ?? newNonce(),
    processes: processes ?? createProcesses(own),
    web: web ?? createWeb(own),
    sockets: sockets ?? createSockets(),
    exitCode: 0,
    listen: ({ cancelled }) => {
      const cancel = (): void => cancelled("SIGINT", 1);
      if (signal?.aborted === true) cancel();
      else signal?.addEventListener("abort", cancel);
      return () => signal?.removeEventListener("abort", cancel);
    },
    exit: () => undefined,
  };
}

function newNonce(): string {
  return randomBytes(16).toString("hex");
}
