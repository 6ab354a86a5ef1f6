import { formatDuration, type Outcome, type ReleaseReport } from "@cutover/release";
import { gantt } from "./gantt.ts";
import { code, cut, escapeMarkdown, fenced, proseMarkdown, table } from "./markdown.ts";
import { dateAndTime, duration, headline, jointHeadline, shortImage, trafficSentence, webAddress } from "./words.ts";

/** Bytes that a step's summary may have from us; GitHub drops one of more than a mebibyte whole. */
const budget = 256 * 1024;

/**
 * The reports as Markdown for the step summary: the same facts, at most 256 KiB, everything that others wrote escaped.
 * @param reports one for each service of the run
 */
export function renderSummary(reports: readonly ReleaseReport[]): string {
  // Most important first: what does not fit is left out from the end.
  const parts = [...(reports.length > 1 ? [overview(reports)] : []), ...reports.toSorted(worstFirst).flatMap(partsOf)];
  let text = "";
  for (const part of parts) {
    if (part === undefined || part === "") continue;
    const longer = `${text}${part}\n\n`;
    if (Buffer.byteLength(longer) > budget - 200) return `${text}More did not fit here; the HTML report has it all.\n`;
    text = longer;
  }
  return text;
}

/** The slots and the revisions that there are, for who decides what to do. */
export function renderStanding(report: Pick<ReleaseReport, "slots" | "history">): string {
  return [slots(report), history(report)].filter((part) => part !== undefined).join("\n\n");
}

function partsOf(report: ReleaseReport): readonly (string | undefined)[] {
  return [
    title(report),
    why(report),
    facts(report),
    gantt(report),
    steps(report),
    slots(report),
    images(report),
    history(report),
  ];
}

function worstFirst(one: ReleaseReport, other: ReleaseReport): number {
  return Number(one.outcome === "succeeded") - Number(other.outcome === "succeeded");
}

function overview(reports: readonly ReleaseReport[]): string {
  const rows = reports.map((report) => [
    `${signs[report.outcome]} ${report.outcome}`,
    escapeMarkdown(report.service, 100),
    String(report.revision ?? ""),
    trafficSentence(report),
    duration(report),
  ]);
  const all = table(["Outcome", "Service", "Revision", "Traffic", "Took"], rows);
  return `## ${escapeMarkdown(jointHeadline(reports))}\n\n${all}`;
}

const signs: Readonly<Record<Outcome, string>> = {
  succeeded: "✅",
  failed: "❌",
  "rolled-back": "↩️",
  refused: "🚫",
  "timed-out": "⏱️",
  superseded: "⏭️",
};

function title(report: ReleaseReport): string {
  const { outcome } = report;
  return [`## ${signs[outcome]} ${escapeMarkdown(headline(report))}`, trafficSentence(report)].join("\n\n");
}

function why({ reason, hint, diagnosis }: ReleaseReport): string {
  if (!diagnosis) {
    const what = hint === undefined ? [] : [`**What to do:** ${proseMarkdown(hint)}`];
    return [...paragraphs(reason), ...what].join("\n\n");
  }
  const lines = diagnosis.lines.slice(0, 20).map((line) => `- ${escapeMarkdown(line, 600)}`);
  const said = reason.startsWith(diagnosis.title) ? [] : paragraphs(reason);
  const log = diagnosis.log.map((line) => cut(line, 500)).join("\n");
  return [
    ...said,
    `**${escapeMarkdown(diagnosis.title)}**`,
    ...(lines.length === 0 ? [] : [lines.join("\n")]),
    `**What to do:** ${proseMarkdown(diagnosis.hint)}`,
    ...(log === "" ? [] : [`<details><summary>The last lines of its log</summary>\n\n${fenced(log)}\n\n</details>`]),
  ].join("\n\n");
}

function paragraphs(text: string): readonly string[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(0, 20).map(proseMarkdown);
}

function facts(report: ReleaseReport): string {
  const { service, namespace, outcome, color, revision, previousColor, previousRevision, actor, commit, startedAt } =
    report;
  const run = webAddress(report.runUrl);
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["Outcome", outcome],
    ["Service", escapeMarkdown(`${namespace}/${service}`)],
    ["Revision", on(revision, color)],
    ["Before", on(previousRevision, previousColor)],
    ["Started", escapeMarkdown(dateAndTime(startedAt))],
    ["Took", duration(report)],
    ["By", escapeMarkdown(actor)],
    ["Commit", escapeMarkdown(commit.slice(0, 12))],
    ["Run", run === undefined ? undefined : `<a href="${escapeMarkdown(run)}">open</a>`],
  ];
  const known = rows.filter((row): row is readonly [string, string] => row[1] !== undefined && row[1] !== "");
  return table(["", ""], known);
}

function on(revision: number | undefined, color: string | undefined): string | undefined {
  if (revision === undefined) return color;
  return color === undefined ? String(revision) : `${revision} on ${color}`;
}

function steps({ steps: all }: ReleaseReport): string | undefined {
  if (all.length === 0) return undefined;
  const rows = all.slice(0, 100).map(({ title: name, result, ms, note }) => {
    const told = note === undefined ? "" : `: ${escapeMarkdown(note, 300)}`;
    return [result === "failed" ? "❌" : "✅", `${escapeMarkdown(name, 200)}${told}`, formatDuration(ms)];
  });
  return `### Steps\n\n${table(["", "Step", "Took"], rows)}`;
}

function slots({ slots: all }: Pick<ReleaseReport, "slots">): string | undefined {
  if (all.length === 0) return undefined;
  const rows = all.map(({ color, deployment, exists, revision, ready, replicas }) => {
    return [
      color,
      escapeMarkdown(deployment),
      String(revision ?? "none"),
      exists ? `${ready} of ${replicas} ready` : "does not exist",
    ];
  });
  return `### Slots\n\n${table(["Color", "Deployment", "Revision", "Pods"], rows)}`;
}

function images({ images: all }: ReleaseReport): string | undefined {
  const rows = Object.entries(all)
    .slice(0, 50)
    .map(([name, image]) => [escapeMarkdown(name, 100), code(image)]);
  return rows.length === 0 ? undefined : `### Images\n\n${table(["Container", "Image"], rows)}`;
}

function history({ history: all }: Pick<ReleaseReport, "history">): string | undefined {
  if (all.length === 0) return undefined;
  const rows = all.slice(0, 20).map(({ revision, result, images: own }) => {
    const list = Object.values(own)
      .slice(0, 10)
      .map((image) => code(shortImage(image)));
    return [String(revision), result ?? "unfinished", list.join("<br>")];
  });
  return `### History\n\n${table(["Revision", "Ended", "Images"], rows)}`;
}
