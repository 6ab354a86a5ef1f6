import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync } from "node:fs";
import { EOL } from "node:os";

/** A line that commands the runner: an annotation, a group, a mask. */
export function commandLine(
  name: "debug" | "warning" | "error" | "group" | "endgroup" | "add-mask",
  message = "",
): string {
  const data = message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  return `::${name}::${data}${EOL}`;
}

/** Adds a value to one of the runner's files (`$GITHUB_OUTPUT`, `$GITHUB_STATE`). @throws if that cannot be written */
export function addToFile(path: string, name: string, value: string): void {
  // A file that is gone is not made anew: nobody would read it.
  if (!existsSync(path)) throw new Error(`Missing file at path: ${path}`);
  // Nobody who knows the value can know where it ends.
  const delimiter = `ghadelimiter_${randomUUID()}`;
  appendFileSync(path, `${[`${name}<<${delimiter}`, value, delimiter].join(EOL)}${EOL}`);
}
