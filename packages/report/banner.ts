import type { Outcome, ReleaseReport } from "@cutover/release";
import { type Html, html, prose } from "./html.ts";
import { dateAndTime, duration, headline, trafficSentence, webAddress } from "./words.ts";

/** Outcome, in a word, a sign and a sentence; then who, where and when. */
export function banner(report: ReleaseReport): Html {
  const { outcome, namespace, startedAt, diagnosis } = report;
  return html`<header class="banner ${outcome}">
${sign(outcome)}
<div>
<p class="outcome">${outcome}</p>
<h1>${headline(report)}</h1>
<p class="lead">${trafficSentence(report)}</p>
${reason(report, diagnosis?.title)}
<dl class="facts">
${fact("Namespace", namespace)}
${fact("Took", duration(report))}
${fact("Started", dateAndTime(startedAt))}
${fact("By", report.actor)}
${fact("Commit", report.commit.slice(0, 12))}
${runFact(report.runUrl)}
</dl>
</div>
</header>`;
}

/** The reason, unless the diagnosis below says the same. */
function reason({ reason: text, hint, diagnosis }: ReleaseReport, title: string | undefined): Html {
  const said = title !== undefined && text.startsWith(title);
  const isToldBelow = said || hint === diagnosis?.hint;
  return html`${said || text === "" ? undefined : html`<p class="reason">${prose(text)}</p>`}
${hint === undefined || isToldBelow ? undefined : html`<p class="hint"><b>What to do:</b> ${prose(hint)}</p>`}`;
}

/** A name and what stands behind it; nothing where nothing does. */
export function fact(name: string, value: string): Html | undefined {
  return value === "" ? undefined : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** A link to the run, where it has an address. */
export function runFact(runUrl: string): Html | undefined {
  const address = webAddress(runUrl);
  if (address === undefined) return fact("Run", runUrl);
  return html`<div><dt>Run</dt><dd><a href="${address}" rel="noreferrer">open the run</a></dd></div>`;
}

/** The sign of an outcome, drawn. */
export function sign(outcome: Outcome): Html {
  return html`<svg class="sign" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="22"/><path d="${signs[outcome]}"/></svg>`;
}

const cross = "M16 16 L32 32 M32 16 L16 32";

/** Drawn in a box of 48 by 48. */
const signs: Readonly<Record<Outcome, string>> = {
  succeeded: "M14 25 L21 32 L34 17",
  failed: cross,
  "rolled-back": "M20 14 L13 21 L20 28 M13 21 H28 A7 7 0 0 1 28 35 H20",
  refused: "M13 24 H35",
  "timed-out": "M24 12 V25 L32 30",
  superseded: "M14 16 L22 24 L14 32 M25 16 L33 24 L25 32",
};
