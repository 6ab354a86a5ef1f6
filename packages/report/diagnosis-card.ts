import type { ReleaseReport } from "@cutover/release";
import { type Html, html, prose } from "./html.ts";

/** Why the pods were not good: the most telling pod, what to do, and the end of its log. */
export function diagnosisCard({ diagnosis }: ReleaseReport): Html | undefined {
  if (!diagnosis) return undefined;
  return html`<section class="diagnosis">
<h2>Why</h2>
<p class="cause">${diagnosis.title}</p>
<ul>${diagnosis.lines.map((line) => html`<li>${line}</li>`)}</ul>
<p class="hint"><b>What to do:</b> ${prose(diagnosis.hint)}</p>
${log(diagnosis.log)}
</section>`;
}

function log(lines: readonly string[]): Html | undefined {
  if (lines.length === 0) return undefined;
  return html`<details open><summary>The last ${lines.length} lines of its log</summary><pre>${lines.join("\n")}</pre></details>`;
}
