import { type ReleaseReport, type TrafficSpan, trafficSpans } from "@cutover/release";
import { cut, fenced } from "./markdown.ts";

/** A picture of more steps is unreadable. */
const mostSteps = 40;

/** Who had the traffic, and the steps, as a Mermaid Gantt chart; none without steps. */
export function gantt(report: ReleaseReport): string | undefined {
  const steps = report.steps.slice(0, mostSteps);
  if (steps.length === 0) return undefined;
  const lines = [
    "gantt",
    "    dateFormat x",
    "    axisFormat %H:%M:%S",
    "    section Traffic",
    ...trafficSpans(report).map(span),
    "    section Steps",
    ...steps.map(({ title, result, startedAt, ms }) => {
      return task(title, result === "failed" ? "crit" : "done", { from: startedAt, to: startedAt + ms });
    }),
  ];
  return fenced(lines.join("\n"), "mermaid");
}

function span({ color, from, to }: TrafficSpan): string {
  return task(color ?? "no color", "active", { from, to });
}

/** Mermaid ends a name at a colon, and gives `#` and `;` a meaning. */
function task(name: string, tag: string, { from, to }: { from: number; to: number }): string {
  const plain = cut(
    name
      .replace(/[^\p{L}\p{N} .,+\-/]/gu, " ")
      .replace(/\s+/g, " ")
      .trim(),
    60,
  );
  return `    ${plain === "" ? "step" : plain} :${tag}, ${Math.round(from)}, ${Math.round(Math.max(to, from + 1))}`;
}
