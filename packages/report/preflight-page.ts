import { type CheckResult, formatDuration, type PreflightReport, type Verdict } from "@cutover/release";
import { fact, runFact, sign } from "./banner.ts";
import { page, section } from "./document.ts";
import { type Html, html, prose } from "./html.ts";
import { checkedFor, dateAndTime } from "./words.ts";

/** A preflight as one HTML page: the worst first, each with what was seen and what to do. */
export function renderPreflight(report: PreflightReport): string {
  const { results, finishedAt } = report;
  const isSkipped = ({ verdict }: CheckResult) => verdict === "skip";
  const skipped = results.filter(isSkipped);
  const body = html`${head(report)}
${section("Checks", table(results.filter((one) => !isSkipped(one))))}
${section("Not checked", skipped.length === 0 ? undefined : table(skipped))}`;
  return page(`${checkedFor(report)}: ${report.verdict}`, body, finishedAt);
}

/** The look of each verdict is that of an outcome. */
const looks = {
  fail: "failed",
  error: "timed-out",
  warn: "rolled-back",
  pass: "succeeded",
  skip: "refused",
} as const satisfies Readonly<Record<Verdict, string>>;

function head(report: PreflightReport): Html {
  const { verdict, sentence, namespace, server, startedAt, finishedAt, actor, commit, runUrl } = report;
  return html`<header class="banner ${looks[verdict]}">
${sign(looks[verdict])}
<div>
<p class="outcome">${verdict}</p>
<h1>${checkedFor(report)}</h1>
<p class="lead">${sentence}</p>
<dl class="facts">
${fact("Namespace", namespace)}
${fact("API server", server)}
${fact("Took", formatDuration(Math.max(0, finishedAt - startedAt)))}
${fact("Started", dateAndTime(startedAt))}
${fact("By", actor)}
${fact("Commit", commit.slice(0, 12))}
${runFact(runUrl)}
</dl>
</div>
</header>`;
}

function table(results: readonly CheckResult[]): Html {
  return html`<table><thead><tr><th>Verdict</th><th>Check</th><th>Seen</th><th>Took</th></tr></thead><tbody>
${results.map(row)}
</tbody></table>`;
}

function row({ verdict, id, title, evidence, remedy, overridden, ms }: CheckResult): Html {
  const isGood = verdict === "pass" || verdict === "skip";
  return html`<tr><td class="${looks[verdict]}"><span class="outcome">${verdict}</span></td>
<td>${title}<br><code>${id}</code></td>
<td><p class="reason">${prose(evidence)}</p>${isGood || remedy === undefined ? undefined : html`<p class="hint"><b>What to do:</b> ${prose(remedy)}</p>`}${overridden === undefined ? undefined : html`<p class="hint"><b>Overridden:</b> ${overridden}</p>`}</td>
<td>${formatDuration(ms)}</td></tr>`;
}
