import { type CheckResult, formatDuration, type PreflightReport, type Verdict } from "@cutover/release";
import { code, escapeMarkdown, proseMarkdown, table } from "./markdown.ts";
import { checkedFor } from "./words.ts";

const signs: Readonly<Record<Verdict, string>> = { fail: "❌", error: "💥", warn: "⚠️", pass: "✅", skip: "➖" };

/** Characters of evidence and of a remedy: the report and the log have the rest. */
const longest = 1_000;

/** A preflight as Markdown for the step summary: one table, worst first, with what to do; what was skipped in one line. */
export function renderPreflightSummary(report: PreflightReport): string {
  const { verdict, sentence, results } = report;
  const made = results.filter((one) => one.verdict !== "skip");
  const skipped = results.filter((one) => one.verdict === "skip").map(({ id }) => code(id));
  const parts = [
    `## ${signs[verdict]} ${escapeMarkdown(checkedFor(report))}`,
    `**${escapeMarkdown(sentence)}**`,
    table(["", "Check", "Seen", "What to do", "Took"], made.map(row)),
    ...(skipped.length === 0 ? [] : [`Not checked: ${skipped.join(", ")}`]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function row({ verdict, id, title, evidence, remedy = "", overridden, ms }: CheckResult): readonly string[] {
  const said = verdict === "pass" ? "" : proseMarkdown(remedy.slice(0, longest));
  const advice = overridden === undefined ? said : `Overridden: ${escapeMarkdown(overridden, longest)}<br>${said}`;
  const check = `${escapeMarkdown(title)}<br>${code(id)}`;
  return [`${signs[verdict]} ${verdict}`, check, lines(evidence.slice(0, longest)), advice, formatDuration(ms)];
}

function lines(text: string): string {
  return text.split("\n").map(proseMarkdown).join("<br>");
}
