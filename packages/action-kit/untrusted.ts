import { randomBytes } from "node:crypto";
import { stripVTControlCharacters } from "node:util";

export interface Limits {
  /** Characters of one line. */
  line: number;
  /** Characters in all. */
  total: number;
}

const standard: Limits = { line: 2_000, total: 64_000 };

/** Every place where some reader may see the end of a line; .NET's takes a lone carriage return for one. */
const lineEnd = /\r\n|[\r\n\v\f\x85\u2028\u2029]/;

/** C0 and C1 but for the tab, and what is invisible or turns the direction of writing. */
const invisible = /(?!\t)[\p{Cc}\p{Cf}]/gu;

/** One line that commands the runner to do nothing, whoever wrote it. */
export function inert(line: string): string {
  return stripVTControlCharacters(line)
    .replace(invisible, "")
    .replaceAll("##[", "## [")
    .replace(/^(\s*):(?=:)/, "$1: ");
}

/** Text of somebody else as lines that are safe to print between others; what exceeds the limits is cut, and said so. */
export function inertLines(text: string, { line, total }: Limits = standard): string[] {
  const lines: string[] = [];
  let length = 0;
  for (const raw of text.slice(0, 2 * total).split(lineEnd)) {
    const clean = inert(raw);
    const short = clean.length > line ? `${clean.slice(0, line)}… (line cut)` : clean;
    length += short.length + 1;
    if (length > total) return [...lines, "… (the rest is cut)"];
    lines.push(short);
  }
  if (lines.at(-1) === "") lines.pop();
  return text.length > 2 * total ? [...lines, "… (the rest is cut)"] : lines;
}

/**
 * Text of somebody else, ready for one single write: while it passes, the runner obeys nothing but our random token.
 * Nothing else may be printed in between.
 */
export function quarantined(text: string, limits?: Limits): string {
  const lines = inertLines(text, limits);
  if (lines.length === 0) return "";
  const token = randomBytes(16).toString("hex");
  return `::stop-commands::${token}\n${lines.map((line) => `  ${line}\n`).join("")}::${token}::\n`;
}
