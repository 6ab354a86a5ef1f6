import { isAbsolute } from "node:path";
import { CutoverError, isCutoverError, type Log, type Processes, type ProcessResult } from "@cutover/release";

/** What other people's programs are run with. */
export interface Tools {
  processes: Processes;
  log: Log;
  /** Where relative paths begin. */
  workspace: string;
  signal: AbortSignal;
  /** Milliseconds for one program. */
  patience: number;
}

/** A program that renders manifests, with the command as messages quote it: its other arguments may hold secrets. */
export interface Rendering {
  file: string;
  args: readonly string[];
  /** `helm template charts/shop` */
  command: string;
  /** What to look at when it says no. */
  hint: string;
}

/**
 * What a program writes; `undefined` if it is not installed.
 * @throws `manifest-invalid` with its own words if it says no, `timed-out` if it does not end; the signal's reason.
 */
export async function render({ file, args, command, hint }: Rendering, tools: Tools): Promise<string | undefined> {
  const { processes, log, workspace: cwd, signal, patience: timeout } = tools;
  const result = await processes.run({ file, args, cwd, signal, timeout }).catch((error: unknown) => {
    if (isNotInstalled(error)) return undefined;
    throw error;
  });
  if (result === undefined) return undefined;
  signal.throwIfAborted();
  if (result.timedOut) {
    const advice = `${hint} Where it is merely slow, give it more \`timeout\`.`;
    throw new CutoverError("timed-out", `${command} did not end within ${timeout / 1_000} s`, { hint: advice });
  }
  if (result.exitCode !== 0) throw new CutoverError("manifest-invalid", complaint(command, result), { hint });
  if (result.stderr.trim() !== "") {
    log.info(`${command} says:`);
    log.untrusted(result.stderr);
  }
  return result.stdout;
}

/** A path as an argument that no program takes for an option or for an address. */
export function pathArgument(path: string): string {
  return isAbsolute(path) || path.startsWith("./") || path.startsWith("../") ? path : `./${path}`;
}

/** Lines and characters of what a program says at its end. */
const mostLines = 12;
const mostCharacters = 2_000;

function complaint(command: string, { exitCode, stderr }: ProcessResult): string {
  const lines = stderr.trim().slice(-mostCharacters).split("\n").slice(-mostLines);
  const words = lines[0] === "" ? ["it said nothing"] : lines;
  return [`${command} ended with ${exitCode ?? "a signal"}:`, ...words.map((line) => `  ${line}`)].join("\n");
}

function isNotInstalled(error: unknown): boolean {
  if (!isCutoverError(error, "process-failed")) return false;
  return error.cause instanceof Error && "code" in error.cause && error.cause.code === "ENOENT";
}
