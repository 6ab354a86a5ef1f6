import {
  activeAtEnd,
  type Color,
  formatDuration,
  type Outcome,
  otherColor,
  type PreflightReport,
  type ReleaseReport,
  trafficSpans,
} from "@cutover/release";

/** The first thing to read: what became of the service. */
export function headline(report: ReleaseReport): string {
  const { kind, outcome, service, revision, color } = report;
  const what = `The ${kind} of ${kind === "retirement" ? "the old slot of " : ""}${service}`;
  const target = revision === undefined ? "its release" : `revision ${revision}`;
  const place = color === undefined ? "" : ` from ${color}`;
  if (outcome !== "succeeded") return `${what} ${endings[outcome]}`;
  if (kind === "rollback") return `${service} is back on ${target}${color === undefined ? "" : `, on ${color}`}`;
  return activeAtEnd(report) === color
    ? `${service} serves ${target}${place}`
    : `${service} has ${target} ready on ${color}`;
}

/** The same for all services of a run. */
export function jointHeadline(reports: readonly ReleaseReport[]): string {
  const [first, ...more] = reports;
  if (first === undefined) return "Nothing was released";
  if (more.length === 0) return headline(first);
  const good = reports.filter(({ outcome }) => outcome === "succeeded").length;
  const done = deeds[first.kind];
  return good === reports.length
    ? `${good} services were ${done} together`
    : `${good} of ${reports.length} services were ${done}`;
}

/** `Preflight of shop and cart`. */
export function checkedFor({ services }: PreflightReport): string {
  const [last = "", ...more] = services.toReversed();
  return `Preflight of ${more.length === 0 ? last : `${more.toReversed().join(", ")} and ${last}`}`;
}

const deeds: Readonly<Record<ReleaseReport["kind"], string>> = {
  release: "released",
  rollback: "rolled back",
  retirement: "freed of their old slots",
};

const endings: Readonly<Record<Exclude<Outcome, "succeeded">, string>> = {
  failed: "failed",
  "rolled-back": "was taken back",
  refused: "was refused",
  "timed-out": "timed out",
  superseded: "was superseded by another run",
};

/** Where the traffic is, in a sentence. */
export function trafficSentence(report: ReleaseReport): string {
  const end = activeAtEnd(report);
  if (end === undefined) return "No color has the traffic.";
  if (report.switches.length === 0) return `Traffic stayed on ${end}; nothing was switched.`;
  if (end === report.activeAtStart) return `Traffic is on ${end} again; ${elsewhere(report, end)}.`;
  return report.activeAtStart === undefined
    ? `Traffic is on ${end}.`
    : `Traffic moved from ${report.activeAtStart} to ${end}.`;
}

/** `green had it for 3.7 s`. */
function elsewhere(report: ReleaseReport, end: Color): string {
  const others = trafficSpans(report).filter(({ color }) => color !== end);
  const total = others.reduce((sum, { from, to }) => sum + to - from, 0);
  return `${otherColor(end)} had it for ${formatDuration(total)}`;
}

/** How long the run took. */
export function duration(report: ReleaseReport): string {
  return formatDuration(Math.max(0, report.finishedAt - report.startedAt));
}

/** `2026-11-21 09:50:55 UTC`, the same on every machine. */
export function dateAndTime(at: number): string {
  return new Date(at)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, " UTC");
}

/** The first line of a text, whole where it has only one, at most so many characters. */
export function firstLine(text: string, most = 300): string {
  const line = text.split("\n", 1)[0] ?? "";
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

/** A digest by its first twelve digits. */
export function shortImage(image: string): string {
  return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+/, "$1…");
}

/** The address, if it is one of the web; anything else must not become a link. */
export function webAddress(text: string): string | undefined {
  const url = URL.parse(text);
  return url && (url.protocol === "https:" || url.protocol === "http:") ? url.href : undefined;
}
