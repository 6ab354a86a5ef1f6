import { CutoverError } from "@cutover/release";
import type { Environment } from "./environment.ts";
import { addToFile } from "./workflow-commands.ts";

/** Whether this process is a post: main and post are one stub, and only main's mark tells them apart. */
export function isPost(env: Environment): boolean {
  return env.STATE_isPost === "true";
}

/**
 * Marks what comes after this main as its post. It comes before all else: a main that dies unmarked would be followed
 * by a post that takes itself for a main.
 * @throws process-failed when the runner's file cannot be written
 */
export function markMain(env: Environment): void {
  write("isPost", "true", env);
}

/** What main saved; nothing if it never came so far, or if what is there is none of ours. */
export function savedState(env: Environment): Readonly<Record<string, string>> {
  try {
    const values: unknown = JSON.parse(env.STATE_saved ?? "{}");
    const entries = typeof values === "object" && values !== null ? Object.entries(values) : [];
    return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
  } catch {
    return {};
  }
}

/** Replaces what was saved before. @throws process-failed when the runner's file cannot be written */
export function saveState(values: Readonly<Record<string, string>>, env: Environment): void {
  write("saved", JSON.stringify(values), env);
}

function write(name: string, value: string, env: Environment): void {
  // Outside a runner nobody will run a post.
  if (!env.GITHUB_STATE) return;
  try {
    addToFile(env.GITHUB_STATE, name, value);
  } catch (cause) {
    const hint = "See to the runner's disk; nothing was changed by this step.";
    throw new CutoverError("process-failed", "The runner's state file ($GITHUB_STATE) cannot be written", {
      cause,
      hint,
    });
  }
}
