/** `new`: a connection of its own for each request. `kept`: one of the connections that are kept alive. */
export type ConnectionKind = "new" | "kept";

/** What became of one request, in milliseconds since the load began. */
export interface Answer {
  kind: ConnectionKind;
  /** When the schedule said to send it: a slow server cannot put this off. */
  due: number;
  ended: number;
  /** Why there was no whole answer, such as `ECONNRESET`; then there is no status. */
  lost?: string;
  status?: number;
  /** What `X-Version` said. */
  version?: string;
}

/** Which versions are right for each kind of connection, from a mark to the next period's mark. */
export interface Period {
  from: string;
  new: readonly string[];
  kept: readonly string[];
}

/** Answers of one version to one kind of connection. */
export interface VersionSpan {
  kind: ConnectionKind;
  version: string;
  count: number;
  first: number;
  last: number;
}

/** A stretch of time in which answers followed each other closely. */
export interface Stretch {
  from: number;
  to: number;
  answers: readonly Answer[];
}

export interface LoadReport {
  sent: number;
  answered: number;
  lost: readonly Answer[];
  /** Answered, but not with 2xx. */
  refused: readonly Answer[];
  versions: readonly VersionSpan[];
  /** Milliseconds from due to ended, of what was answered. */
  latency: { median: number; p99: number; max: number };
  /** Milliseconds since the load began. */
  marks: Readonly<Record<string, number>>;
  answers: readonly Answer[];
}

/** Sums up a load. `start` is a mark that is always there, at 0. */
export function reportOf(answers: readonly Answer[], marks: Readonly<Record<string, number>>): LoadReport {
  const answered = answers.filter((answer) => answer.lost === undefined);
  return {
    sent: answers.length,
    answered: answered.length,
    lost: answers.filter((answer) => answer.lost !== undefined),
    refused: answered.filter((answer) => !isSuccess(answer)),
    versions: versionSpans(answered),
    latency: latencies(answered),
    marks: { start: 0, ...marks },
    answers,
  };
}

/** Answers that were not 2xx, or whose version no period allows that the request overlapped. Lost ones are none. */
export function wrongAnswers(report: LoadReport, periods: readonly Period[]): Answer[] {
  const timed = periods.map((period, index) => {
    const next = periods[index + 1];
    return {
      ...period,
      start: markAt(report, period.from),
      end: next ? markAt(report, next.from) : Number.POSITIVE_INFINITY,
    };
  });
  const isRight = (answer: Answer): boolean =>
    isSuccess(answer) &&
    timed.some(({ start, end, ...period }) => {
      return answer.ended >= start && answer.due < end && period[answer.kind].includes(answer.version ?? "");
    });
  return report.answers.filter((answer) => answer.lost === undefined && !isRight(answer));
}

/** Groups answers by time; a pause longer than `gap` milliseconds begins a new stretch. */
export function stretches(answers: readonly Answer[], gap = 1_000): Stretch[] {
  const found: { from: number; to: number; answers: Answer[] }[] = [];
  for (const answer of [...answers].sort((one, other) => one.ended - other.ended)) {
    const last = found.at(-1);
    if (last && answer.ended - last.to <= gap) {
      last.to = answer.ended;
      last.answers.push(answer);
    } else {
      found.push({ from: answer.ended, to: answer.ended, answers: [answer] });
    }
  }
  return found;
}

/** A report as people read it, one line a fact. */
export function describeLoad(report: LoadReport): string[] {
  const { sent, answered, lost, refused, latency } = report;
  const causes = Map.groupBy(lost, (answer) => `${answer.kind}: ${answer.lost}`);
  return [
    `${sent} sent, ${answered} answered, ${lost.length} lost, ${refused.length} not 2xx`,
    `latency: median ${latency.median} ms, 99th percentile ${latency.p99} ms, at most ${latency.max} ms`,
    ...[...causes].map(([cause, answers]) => `  lost, ${cause}: ${answers.length}, ${span(answers)}`),
    ...report.versions.map(
      (of) => `  ${of.version} on ${of.kind} connections: ${of.count}, ${seconds(of.first)} to ${seconds(of.last)}`,
    ),
    ...Object.entries(report.marks).map(([name, at]) => `  mark ${name}: ${seconds(at)}`),
  ];
}

function isSuccess(answer: Answer): boolean {
  return answer.status !== undefined && answer.status >= 200 && answer.status < 300;
}

function markAt(report: LoadReport, name: string): number {
  const at = report.marks[name];
  if (at === undefined)
    throw new Error(`The load has no mark "${name}": it has ${Object.keys(report.marks).join(", ")}.`);
  return at;
}

function versionSpans(answered: readonly Answer[]): VersionSpan[] {
  const spans = new Map<string, VersionSpan>();
  for (const { kind, version = "(none)", ended } of answered) {
    const known = spans.get(`${kind} ${version}`) ?? { kind, version, count: 0, first: ended, last: ended };
    known.count += 1;
    known.first = Math.min(known.first, ended);
    known.last = Math.max(known.last, ended);
    spans.set(`${kind} ${version}`, known);
  }
  return [...spans.values()].sort((one, other) => one.first - other.first);
}

function latencies(answered: readonly Answer[]): LoadReport["latency"] {
  const sorted = Float64Array.from(answered, (answer) => answer.ended - answer.due).sort();
  const at = (share: number): number => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
  return { median: at(0.5), p99: at(0.99), max: at(1) };
}

function span(answers: readonly Answer[]): string {
  const times = answers.map((answer) => answer.ended);
  return `${seconds(Math.min(...times))} to ${seconds(Math.max(...times))}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
