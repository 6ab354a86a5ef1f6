import { CutoverError } from "@cutover/release";
import type { StepLog } from "./log.ts";

/** Why an action did not do what it was asked for. */
export interface Failure {
  message: string;
  /** What to do next, and by whom. */
  hint?: string | undefined;
  /** Chapter of docs/errors.md: an error's code, or what a diagnosis names. */
  chapter?: string | undefined;
}

const home = "https://github.com/cutover-actions/cutover";

/** Prints a failure as the user meets it: what, what to do, where to read on. */
export function printFailure({ message, hint, chapter }: Failure, log: StepLog): void {
  const link = chapter === undefined ? "" : `See ${home}/blob/main/docs/errors.md#${chapter}`;
  const advice = [hint === undefined ? "" : `What to do: ${hint}`, link].filter(Boolean).join(" ");
  log.error(advice === "" ? message : `${message}\n${advice}`);
}

/** Prints whatever was thrown. What is no CutoverError is a bug of ours and is printed as one. */
export function printThrown(thrown: unknown, log: StepLog): void {
  if (thrown instanceof CutoverError) printError(thrown, log);
  else printBug(thrown, log);
}

function printError(error: CutoverError, log: StepLog): void {
  printFailure({ message: error.message, hint: error.hint, chapter: error.code }, log);
  for (const cause of causes(error)) log.debug(`caused by ${stackOf(cause)}`);
}

function printBug(thrown: unknown, log: StepLog): void {
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `${shown(thrown)} was thrown`;
  log.untrusted([thrown, ...causes(thrown)].map(stackOf).join("\ncaused by "));
  log.error(
    `This is a bug of cutover, not of your workflow: ${message}\nPlease report it, with the lines above: ${home}/issues`,
  );
}

function causes(thrown: unknown): unknown[] {
  const found: unknown[] = [];
  for (let error = thrown; error instanceof Error && found.length < 10; error = error.cause)
    if (error.cause !== undefined) found.push(error.cause);
  return found;
}

function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? String(thrown)) : shown(thrown);
}

/** Even an object that cannot be turned into text must not stop a failure from being printed. */
function shown(thrown: unknown): string {
  try {
    return typeof thrown === "string" ? JSON.stringify(thrown) : String(thrown);
  } catch {
    return "something without a text";
  }
}
