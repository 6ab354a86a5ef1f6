import type { ReleaseReport } from "@cutover/release";
import { banner } from "./banner.ts";
import { diagnosisCard } from "./diagnosis-card.ts";
import { type Html, html, raw } from "./html.ts";
import { slotCards } from "./slot-cards.ts";
import { style } from "./style.ts";
import { historyTable, imagesTable } from "./tables.ts";
import { timeline } from "./timeline.ts";
import { dateAndTime, headline } from "./words.ts";

/** One HTML page without scripts or anything from elsewhere; light, dark and on paper. Everything of the report is escaped. */
export function renderReport(report: ReleaseReport): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${headline(report)}</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
${banner(report)}
${diagnosisCard(report)}
${section("Slots", slotCards(report))}
${section("What happened", timeline(report))}
${section("Images", imagesTable(report))}
${section("History", historyTable(report))}
<footer>cutover, ${dateAndTime(report.finishedAt)}</footer>
</main>
</body>
</html>
`.markup;
}

function section(title: string, body: Html | undefined): Html | undefined {
  return body && html`<section><h2>${title}</h2>${body}</section>`;
}
