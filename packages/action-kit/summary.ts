import { appendFileSync, statSync } from "node:fs";
import type { Environment } from "./environment.ts";
import type { StepLog } from "./log.ts";

/** Bytes. The runner drops a summary above 1 MiB whole, and nobody reads as much. */
const budget = 256 * 1024;
const rest = "\n\n_The rest did not fit into the summary; the log has it._\n";
const reserve = Buffer.byteLength(rest);

/** Adds Markdown to the step's summary, at once. What does not fit is cut, what cannot be written is a warning. */
export function createSummary(env: Environment, log: StepLog): (markdown: string) => void {
  let full = false;
  return (markdown) => {
    const { GITHUB_STEP_SUMMARY: file } = env;
    if (!file || full) return;
    try {
      const room = budget - reserve - statSync(file).size;
      const text = markdown.endsWith("\n") ? markdown : `${markdown}\n`;
      full = Buffer.byteLength(text) > room;
      appendFileSync(file, full ? cut(text, room) : text);
    } catch (error) {
      full = true;
      log.warning(`The summary cannot be written: ${String(error)}`);
    }
  };
}

/** As many whole lines as `bytes` hold, an open code block closed. */
function cut(text: string, bytes: number): string {
  const longestFence = 16;
  const kept = Buffer.from(text)
    .subarray(0, Math.max(0, bytes - longestFence))
    .toString();
  const lines = kept.slice(0, kept.lastIndexOf("\n") + 1);
  const fence = openFence(lines);
  return `${lines}${fence === undefined ? "" : `${fence}\n`}${rest}`;
}

function openFence(text: string): string | undefined {
  let open: string | undefined;
  for (const line of text.split("\n")) {
    const fence = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined) continue;
    if (open === undefined) open = fence;
    else if (fence.startsWith(open) && line.trim() === fence) open = undefined;
  }
  return open;
}
