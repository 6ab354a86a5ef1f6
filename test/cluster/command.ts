import { spawnSync } from "node:child_process";

interface RunOptions {
  cwd?: string;
  /** Added to this process's environment. */
  env?: Readonly<Record<string, string>>;
  input?: string;
  /** Milliseconds; none by default. */
  timeout?: number;
}

/** Runs a program to its end and returns what it printed; throws with its own words when it fails. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): string {
  const { env, ...rest } = options;
  const result = spawnSync(file, args, {
    ...rest,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (result.error) throw new Error(`${file} did not run: ${result.error.message}`, { cause: result.error });
  if (result.status !== 0) {
    const said = `${result.stderr}${result.stdout}`.trim() || "it printed nothing";
    throw new Error(`${[file, ...args].join(" ")} ended with ${result.status ?? result.signal}:\n${said}`);
  }
  return result.stdout;
}

/** Whether a program is there and succeeds; for questions whose "no" is an answer. */
export function succeeds(file: string, args: readonly string[]): boolean {
  return spawnSync(file, args, { stdio: "ignore" }).status === 0;
}
