import type { ReleaseReport, ReportedRevision } from "@cutover/release";
import { type Html, html } from "./html.ts";
import { duration, shortImage, trafficSentence } from "./words.ts";

/** Which reference each container runs, whole: a digest is there to be compared. */
export function imagesTable({ images }: ReleaseReport): Html | undefined {
  const rows = Object.entries(images);
  if (rows.length === 0) return undefined;
  return html`<table><thead><tr><th>Container</th><th>Image</th></tr></thead><tbody>
${rows.map(([container, image]) => html`<tr><td>${container}</td><td><code>${image}</code></td></tr>`)}
</tbody></table>`;
}

/** The revisions that are kept, the current one marked. */
export function historyTable({ history, revision }: ReleaseReport): Html | undefined {
  if (history.length === 0) return undefined;
  return html`<table><thead><tr><th>Revision</th><th>Ended</th><th>Images</th></tr></thead><tbody>
${history.map((one) => historyRow(one, one.revision === revision))}
</tbody></table>`;
}

function historyRow({ revision, result, images }: ReportedRevision, isCurrent: boolean): Html {
  const list = Object.entries(images).map(
    ([name, image]) => html`<div>${name} <code>${shortImage(image)}</code></div>`,
  );
  return html`<tr${isCurrent ? html` class="current"` : undefined}><td>${revision}</td><td><span class="result ${result ?? "open"}">${result ?? "unfinished"}</span></td><td>${list}</td></tr>`;
}

/** What became of each service of a run. */
export function servicesTable(reports: readonly ReleaseReport[]): Html {
  return html`<table><thead><tr><th>Service</th><th>Outcome</th><th>Revision</th><th>Traffic</th><th>Took</th></tr></thead><tbody>
${reports.map(
  (report) =>
    html`<tr><td>${report.service}</td><td class="${report.outcome}"><span class="outcome">${report.outcome}</span></td><td>${report.revision}</td><td>${trafficSentence(report)}</td><td>${duration(report)}</td></tr>`,
)}
</tbody></table>`;
}
