import { activeAtEnd, type ReleaseReport, type ReportedSlot } from "@cutover/release";
import { type Html, html } from "./html.ts";

/** More pods than these are counted, not drawn. */
const mostPods = 40;

/** One card for each color: who serves, which revision, how many pods are ready. */
export function slotCards(report: ReleaseReport): Html | undefined {
  if (report.slots.length === 0) return undefined;
  const active = activeAtEnd(report);
  return html`<div class="slots">${report.slots.map((slot) => card(slot, slot.color === active))}</div>`;
}

function card(slot: ReportedSlot, isActive: boolean): Html {
  const { color, deployment, revision } = slot;
  return html`<article class="slot ${color}${isActive ? " active" : ""}">
<h3><span class="dot"></span>${color}<span class="chip">${isActive ? "has the traffic" : standby(slot)}</span></h3>
<p class="revision">${revision === undefined ? "no revision" : `revision ${revision}`}</p>
<p>${deployment}, ${state(slot)}</p>
${pods(slot)}
</article>`;
}

function standby({ exists, replicas, ready }: ReportedSlot): string {
  if (!exists || replicas === 0) return "idle";
  return ready < replicas ? "not ready" : "on standby";
}

function state({ exists, replicas, ready }: ReportedSlot): string {
  if (!exists) return "does not exist";
  return replicas === 0 && ready === 0 ? "scaled to 0" : `${ready} of ${replicas} pods ready`;
}

function pods({ exists, ready, replicas }: ReportedSlot): Html | undefined {
  const drawn = Math.min(exists ? Math.max(replicas, ready) : 0, mostPods);
  if (drawn === 0) return undefined;
  const boxes = Array.from(
    { length: drawn },
    (_, index) => html`<i class="${index < ready ? "ready" : "unready"}"></i>`,
  );
  return html`<p class="pods" aria-hidden="true">${boxes}</p>`;
}
