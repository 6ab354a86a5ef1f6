import type { ReleaseReport } from "@cutover/release";
import { banner } from "./banner.ts";
import { diagnosisCard } from "./diagnosis-card.ts";
import { page, section } from "./document.ts";
import { type Html, html } from "./html.ts";
import { slotCards } from "./slot-cards.ts";
import { historyTable, imagesTable, servicesTable } from "./tables.ts";
import { timeline } from "./timeline.ts";
import { headline, jointHeadline } from "./words.ts";

/**
 * One HTML page without scripts or anything from elsewhere; light, dark and on paper. Everything of the reports is escaped.
 * @param reports one for each service of the run
 */
export function renderReport(reports: readonly ReleaseReport[]): string {
  const [first, ...more] = reports;
  const body = more.length === 0 ? html`${reports.map(details)}` : joint(reports);
  return page(jointHeadline(reports), body, first?.finishedAt ?? 0);
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
