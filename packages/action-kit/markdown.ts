/** Text as Markdown that shows exactly it: no markup, link, mention or table cell comes out of it. On one line. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\p{Cf}/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replace(/[\\`*_{}[\]()#+\-.!|~&<>"'@:$]/g, (sign) => entities[sign] ?? `&#${sign.charCodeAt(0)};`);
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text of several lines as a code block, whose fence is longer than any run of backticks in it. */
export function codeBlock(text: string, language = ""): string {
  const fence = "`".repeat(longestRun(text) + 1);
  return `${fence}${language}\n${text.replace(/\r\n?/g, "\n").replace(/\n$/, "")}\n${fence}\n`;
}

function longestRun(text: string): number {
  const runs = text.match(/`+/g) ?? [];
  return runs.reduce((longest, run) => Math.max(longest, run.length), 2);
}
