import type { ReleaseReport } from "@cutover/release";
import { banner } from "./banner.ts";
import { diagnosisCard } from "./diagnosis-card.ts";
import { type Html, html, raw } from "./html.ts";
import { slotCards } from "./slot-cards.ts";
import { style } from "./style.ts";
import { historyTable, imagesTable, servicesTable } from "./tables.ts";
import { timeline } from "./timeline.ts";
import { dateAndTime, headline, jointHeadline } from "./words.ts";

/**
 * One HTML page without scripts or anything from elsewhere; light, dark and on paper. Everything of the reports is escaped.
 * @param reports one for each service of the run
 */
export function renderReport(reports: readonly ReleaseReport[]): string {
  const [first, ...more] = reports;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${jointHeadline(reports)}</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
${more.length === 0 ? reports.map(details) : joint(reports)}
<footer>cutover, ${dateAndTime(first?.finishedAt ?? 0)}</footer>
</main>
</body>
</html>
`.markup;
}

function details(report: ReleaseReport): Html {
  return html`${banner(report)}
${diagnosisCard(report)}
${section("Slots", slotCards(report))}
${section("What happened", timeline(report))}
${section("Images", imagesTable(report))}
${section("History", historyTable(report))}`;
}

/** Several services: all of them at a glance, and behind each name what there is of it. */
function joint(reports: readonly ReleaseReport[]): Html {
  return html`<h1>${jointHeadline(reports)}</h1>
${section("Services", servicesTable(reports))}
${reports.map((report) => html`<details${report.outcome === "succeeded" ? undefined : html` open`}><summary>${report.service}: ${headline(report)}</summary>${details(report)}</details>`)}`;
}

function section(title: string, body: Html | undefined): Html | undefined {
  return body && html`<section><h2>${title}</h2>${body}</section>`;
}
