import { type ChildProcess, spawn } from "node:child_process";
import { type Command, CutoverError, type Processes, type ProcessResult } from "@cutover/release";
import { childEnvironment, type Environment } from "./environment.ts";

/** Milliseconds between SIGTERM and SIGKILL. */
const grace = 2_000;
/** Characters of either stream. What writes more would be cut, and half a manifest is worse than none. */
const mostOutput = 16 * 1024 * 1024;

/** Child processes of this one, each the leader of a group of its own, so that its children end with it. */
export function createProcesses(own: Environment): Processes {
  return {
    async run(command) {
      if (command.signal?.aborted) return { exitCode: undefined, stdout: "", stderr: "", timedOut: false };
      const child = spawn(command.file, command.args, {
        env: childEnvironment(own, command.env),
        ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
        stdio: ["ignore", "pipe", "pipe"],
        detached: process.platform !== "win32",
      });
      return await watch(child, command);
    },
  };
}

async function watch(child: ChildProcess, command: Command): Promise<ProcessResult> {
  const output = { stdout: "", stderr: "" };
  let timedOut = false;
  let overflow = false;
  const stop = () => end(child);
  const onTimeout = () => {
    timedOut = true;
    stop();
  };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      if (output[name].length + text.length <= mostOutput) output[name] += text;
      else if (!overflow) {
        overflow = true;
        stop();
      }
    });
  }
  const timer = command.timeout === undefined ? undefined : setTimeout(onTimeout, command.timeout);
  command.signal?.addEventListener("abort", stop);
  try {
    const code = await closed(child, command);
    if (overflow) throw tooMuch(command);
    return { exitCode: code ?? undefined, ...output, timedOut };
  } finally {
    clearTimeout(timer);
    command.signal?.removeEventListener("abort", stop);
  }
}

/** Exit code, once both streams have ended; what the child left running in its group may not hold them open. */
function closed(child: ChildProcess, command: Command): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", (cause) => reject(notStarted(command, cause)));
    child.once("exit", () => {
      const timer = setTimeout(() => signalGroup(child, "SIGKILL"), grace);
      child.once("close", () => clearTimeout(timer));
    });
    child.once("close", resolve);
  });
}

function end(child: ChildProcess): void {
  signalGroup(child, "SIGTERM");
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), grace);
  child.once("close", () => clearTimeout(timer));
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}

function notStarted({ file, cwd }: Command, cause: NodeJS.ErrnoException): CutoverError {
  const where = cwd === undefined ? "" : ` in ${cwd}`;
  const why = cause.code === "ENOENT" ? "there is no such program" : cause.message;
  const hint = `Install ${file} in an earlier step, and see that it is on the PATH.`;
  return new CutoverError("process-failed", `${file} could not be started${where}: ${why}`, { cause, hint });
}

function tooMuch({ file }: Command): CutoverError {
  const message = `${file} wrote more than ${mostOutput / 1024 / 1024} MiB and was stopped`;
  return new CutoverError("process-failed", message, { hint: "Make it write less, or write to a file." });
}
