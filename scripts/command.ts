import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** The repository's own folder, absolute. */
export const root = join(import.meta.dirname, "..");

/** What a tool of the repository said: stdout and stderr as they came, mixed, and 0 or the code it failed with. */
export interface Outcome {
  exitCode: number;
  output: string;
}

/** Runs `file` and waits for its end, printing nothing. A tool that a signal ended has failed. */
export async function capture(file: string, args: readonly string[], cwd = root): Promise<Outcome> {
  const child = spawn(file, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  await once(child, "close");
  return { exitCode: child.exitCode ?? 1, output };
}

/** Like `capture`, but a failure throws what the tool said. */
export async function demand(file: string, args: readonly string[], cwd = root): Promise<string> {
  const { exitCode, output } = await capture(file, args, cwd);
  if (exitCode !== 0) throw new Error(`${[file, ...args].join(" ")} failed with ${exitCode}:\n${output}`);
  return output;
}

/** Path of a tool that npm installed: its JavaScript, to be run by this very Node. */
export function tool(path: string): string {
  return join(root, "node_modules", path);
}
