import {
  formatDuration,
  type ReleaseReport,
  type ReportedStep,
  type TrafficSpan,
  trafficSpans,
} from "@cutover/release";
import { type Html, html } from "./html.ts";
import { ticks } from "./ticks.ts";

/** In the picture's own units; it scales with the page. */
const width = 960;
const labels = 300;
const durations = 78;
const row = 28;
const top = 74;
const chart = width - labels - durations;

interface Scale {
  x(at: number): number;
  start: number;
  end: number;
}

/** Who had the traffic over time, and below it, on the same scale, each step. */
export function timeline(report: ReleaseReport): Html | undefined {
  const { steps, startedAt } = report;
  if (steps.length === 0) return undefined;
  const end = Math.max(report.finishedAt, ...steps.map((step) => step.startedAt + step.ms), startedAt + 1);
  const x = (at: number) => labels + (chart * (Math.min(Math.max(at, startedAt), end) - startedAt)) / (end - startedAt);
  const scale = { x: (at: number) => round(x(at)), start: startedAt, end };
  const height = top + steps.length * row + 30;
  return html`<figure><svg class="timeline" viewBox="0 0 ${width} ${height}" role="img" aria-label="Traffic and steps over time">
${grid(scale, height)}
<text class="label" x="${labels - 14}" y="42" text-anchor="end">traffic</text>
${trafficSpans(report).map((span) => band(span, scale))}
${report.switches.map(({ at }) => html`<line class="switch" x1="${scale.x(at)}" x2="${scale.x(at)}" y1="18" y2="${height - 24}"/>`)}
${steps.map((step, index) => bar(step, top + index * row, scale))}
</svg></figure>`;
}

function grid({ x, start, end }: Scale, height: number): readonly Html[] {
  return ticks(end - start).map((after) => {
    const at = x(start + after);
    return html`<line class="grid" x1="${at}" x2="${at}" y1="18" y2="${height - 24}"/><text class="tick" x="${at}" y="${height - 8}" text-anchor="middle">${after === 0 ? "0" : formatDuration(after)}</text>`;
  });
}

function band({ color, from, to }: TrafficSpan, { x }: Scale): Html {
  const size = Math.max(x(to) - x(from), 1);
  const name = color ?? "no color";
  const text =
    size > 46
      ? html`<text class="band" x="${round(x(from) + size / 2)}" y="42" text-anchor="middle">${name}</text>`
      : undefined;
  return html`<rect class="${color ?? "nobody"}" x="${x(from)}" y="22" width="${round(size)}" height="30" rx="4"><title>${name} for ${formatDuration(to - from)}</title></rect>${text}`;
}

function bar({ title, startedAt, ms, result, note }: ReportedStep, y: number, { x }: Scale): Html {
  const size = Math.max(x(startedAt + ms) - x(startedAt), 3);
  const from = Math.min(x(startedAt), labels + chart - size);
  const told = note === undefined ? title : `${title}: ${note}`;
  return html`<g class="step ${result}"><title>${told}</title>
<text class="label" x="${labels - 14}" y="${y + 18}" text-anchor="end">${shortened(title)}</text>
<rect x="${round(from)}" y="${y + 5}" width="${round(size)}" height="18" rx="3"/>${aside(note, from + size, y)}
<text class="time" x="${width}" y="${y + 18}" text-anchor="end">${result === "failed" ? "✕ " : ""}${formatDuration(ms)}</text></g>`;
}

/** What the step found, where there is room beside its bar. */
function aside(note: string | undefined, from: number, y: number): Html | undefined {
  const room = labels + chart - from - 16;
  if (note === undefined || note.length * 6.6 > room) return undefined;
  return html`<text class="note" x="${round(from + 8)}" y="${y + 18}">${note}</text>`;
}

/** As much as there is room for. */
function shortened(title: string): string {
  return title.length <= 42 ? title : `${title.slice(0, 41)}…`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
