import type { Log } from "@cutover/release";
import { inert, quarantined } from "./untrusted.ts";
import { commandLine } from "./workflow-commands.ts";

/** The runner shows ten a step and fifty a run; a workflow has other steps too. */
const mostWarnings = 3;
/** Characters after which the runner cuts an annotation, less some for what we add. */
const longestAnnotation = 3_800;

/** The step's log, and the annotations that people see without opening it. */
export interface StepLog extends Log {
  /** The step's one error annotation; if there was one already, a line of the log. */
  error(message: string): void;
}

/** A log on a step's output. Messages may hold what others wrote: no line of theirs commands the runner. */
export function createLog(write: (text: string) => void): StepLog {
  const print = (message: string) => write(`${inertText(message)}\n`);
  let warnings = 0;
  let errors = 0;
  let open = 0;
  return {
    info: print,
    debug: (message) => write(commandLine("debug", inertText(message))),
    warning(message) {
      warnings += 1;
      if (warnings > mostWarnings) print(`Warning: ${message}`);
      else write(commandLine("warning", annotation(message, print)));
    },
    error(message) {
      errors += 1;
      if (errors > 1) print(`Error: ${message}`);
      else write(commandLine("error", annotation(message, print)));
    },
    untrusted(text) {
      const block = quarantined(text);
      if (block !== "") write(block);
    },
    async group(title, body) {
      // The runner does not nest groups: an inner one would end the outer.
      if (open > 0) print(title);
      else write(commandLine("group", inertText(title)));
      open += 1;
      try {
        return await body();
      } finally {
        open -= 1;
        if (open === 0) write(commandLine("endgroup"));
      }
    },
  };
}

function inertText(message: string): string {
  return message
    .split(/\r\n|[\r\n\x85\u2028\u2029]/)
    .map(inert)
    .join("\n");
}

/** The message as an annotation holds it; a longer one stands whole in the log. */
function annotation(message: string, print: (message: string) => void): string {
  const text = inertText(message);
  if (text.length <= longestAnnotation) return text;
  print(text);
  const cut = text.slice(0, longestAnnotation);
  return `${cut.slice(0, Math.max(cut.lastIndexOf("\n"), longestAnnotation / 2))}\n… (the whole message is in the log)`;
}
