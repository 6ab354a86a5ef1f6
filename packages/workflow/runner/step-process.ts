import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { lineReader } from "./lines.ts";

/** When and how the runner, or fate, ends a step early. */
export interface Interruption {
  /** Milliseconds after its start, the first line of its log that matches, or whenever the signal aborts. */
  when: number | RegExp | AbortSignal;
  /** `cancel`: SIGINT, 7.5 s, SIGTERM, 2.5 s, SIGKILL. `kill`: SIGKILL at once, as by an out-of-memory killer. */
  how: "cancel" | "kill";
  /** Milliseconds between the signals of a cancellation; the runner's own by default. */
  delays?: readonly [number, number];
}

export interface StepCommand {
  /** Program and its arguments. */
  command: readonly [string, ...string[]];
  env: Readonly<Record<string, string>>;
  cwd: string;
  interruption?: Interruption | undefined;
  /** Every line of stdout and stderr, as it comes. */
  onLine(line: string): void;
}

export interface StepEnd {
  /** `undefined` when a signal ended it. */
  exitCode: number | undefined;
  /** What the runner sent, in this order. */
  signals: NodeJS.Signals[];
}

/** Milliseconds that what a step leaves running may hold its streams open. */
const streamsOpen = 5_000;

/** What starts an action: the Node that this is. */
export function nodeCommand(stub: string): StepCommand["command"] {
  return [process.execPath, stub];
}

/** Runs a step on pipes, as the runner does (src/Runner.Sdk/ProcessInvoker.cs). @throws when there is no such program */
export async function runStep({
  command: [program, ...args],
  env,
  cwd,
  interruption,
  onLine,
}: StepCommand): Promise<StepEnd> {
  const child = spawn(program, args, { env, cwd, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const signals: NodeJS.Signals[] = [];
  const timers: NodeJS.Timeout[] = [];
  const later = (ms: number, action: () => void) => timers.push(setTimeout(action, ms));
  const send = (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    signals.push(signal);
    // Only the entry process is signalled; only the last blow hits its children too.
    if (signal === "SIGKILL") killTree(child);
    else child.kill(signal);
  };
  const interrupt = (how: Interruption["how"]) => {
    const [untilTerm, untilKill] = interruption?.delays ?? [7_500, 2_500];
    send(how === "kill" ? "SIGKILL" : "SIGINT");
    later(untilTerm, () => send("SIGTERM"));
    later(untilTerm + untilKill, () => send("SIGKILL"));
  };
  const onRead = interruptingLine(interruption, interrupt);
  if (interruption?.when instanceof AbortSignal)
    interruption.when.addEventListener("abort", () => interrupt(interruption.how), { once: true });
  for (const stream of [child.stdout, child.stderr]) {
    const reader = lineReader((line) => {
      onLine(line);
      onRead(line);
    });
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => reader.write(text));
    stream.on("end", () => reader.end());
  }
  if (typeof interruption?.when === "number") later(interruption.when, () => interrupt(interruption.how));
  child.once("exit", () => later(streamsOpen, () => killTree(child)));
  await once(child, "close");
  for (const timer of timers) clearTimeout(timer);
  killTree(child);
  return { exitCode: child.exitCode ?? undefined, signals };
}

function interruptingLine(
  interruption: Interruption | undefined,
  interrupt: (how: Interruption["how"]) => void,
): (line: string) => void {
  let waiting = interruption?.when instanceof RegExp;
  return (line) => {
    if (!waiting || !(interruption?.when instanceof RegExp) || !interruption.when.test(line)) return;
    waiting = false;
    interrupt(interruption.how);
  };
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nobody is left.
  }
}
