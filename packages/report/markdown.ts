import { withoutControls } from "./html.ts";

/**
 * Text that GitHub's Markdown shows as it is, on one line: every sign that could mean something is written as a number,
 * which no Markdown, HTML, mention or link begins with.
 */
export function escapeMarkdown(text: string, most = 2_000): string {
  // Cut before the work as well: a line of megabytes costs seconds.
  const line = withoutControls(text.slice(0, most * 4))
    .replace(/\s+/g, " ")
    .trim();
  return cut(line, most)
    .replace(/[^\p{L}\p{N} .,\-+=%/…]/gu, asNumber)
    .replace(/^[-+=]|(?<=^\d+)\.|(?<=\bwww)\./giu, asNumber);
}

/** The same, but what stands between backticks is set as code. */
export function proseMarkdown(text: string): string {
  const pieces = text.split("`");
  if (pieces.length % 2 === 0) return escapeMarkdown(text);
  return pieces.map((piece, index) => (index % 2 === 1 ? code(piece) : spaced(piece))).join("");
}

/** Code in a line or a cell. */
export function code(text: string): string {
  return `<code>${escapeMarkdown(text, 400)}</code>`;
}

function asNumber(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

/** Escaped, with the spaces around it kept, so that code beside it stays apart. */
function spaced(text: string): string {
  const before = /^\s/.test(text) ? " " : "";
  const after = /\s$/.test(text) ? " " : "";
  return `${before}${escapeMarkdown(text)}${after}`;
}

/** A table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A block of somebody else's text, in a fence that is longer than any in it. */
export function fenced(text: string, language = "text"): string {
  const clean = withoutControls(text);
  const longest = Math.max(2, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${clean}\n${fence}`;
}

/** At most so many characters. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
