import { type Freeze, instantOf, isZone } from "@cutover/release";
import { parseDocument } from "yaml";
import * as z from "zod";
import { calendarInvalid } from "./calendar-invalid.ts";
import type { Calendar } from "./freezes-of.ts";

const entries = z.array(
  z.strictObject({
    name: z.string(),
    from: z.string(),
    to: z.string(),
    zone: z.string().optional(),
    reason: z.string().optional(),
  }),
);

/** The freezes of a YAML list. A `to` that is a day is in it to its end. */
export function freezesOfList({ name: source, text, zone: fallback = "UTC" }: Calendar): readonly Freeze[] {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw calendarInvalid(source, `no YAML and no iCalendar (${error.code})`, error);
  const parsed = entries.safeParse(document.toJS());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw calendarInvalid(
      source,
      `expected a list of name, from, to, zone and reason; ${issue?.path.join(".") || "it"}: ${issue?.message}`,
    );
  }
  return parsed.data.map(({ name, from, to, zone = fallback, reason }) => {
    if (!isZone(zone)) throw calendarInvalid(source, `${name} is in ${zone}, and there is no such time zone`);
    const [begins, ends] = [instantIn(from, zone, 0), instantIn(to, zone, 1)];
    if (begins === undefined || ends === undefined)
      throw calendarInvalid(source, `${name} is from ${from} to ${to}: expected 2026-12-24 or 2026-12-24 18:00`);
    if (ends <= begins) throw calendarInvalid(source, `${name} ends before it begins`);
    return { name, from: begins, to: ends, reason };
  });
}

/** `2026-12-24`, with `days` on top; `2026-12-24 18:00` by the clocks of the zone; or with `Z` or an offset an instant by itself. */
function instantIn(text: string, zone: string, days: number): Date | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?)?$/.exec(text.trim());
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = Number.NaN, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => (part === undefined ? undefined : Number(part)));
  const isDay = Number.isNaN(hour);
  const shown = new Date(Date.UTC(year, month - 1, day));
  if (shown.getUTCMonth() !== month - 1 || shown.getUTCDate() !== day || hour > 23 || minute > 59) return undefined;
  if (found[7] !== undefined) return new Date(text.trim().replace(" ", "T"));
  return instantOf({ year, month, day: day + (isDay ? days : 0), hour: isDay ? 0 : hour, minute, second }, zone);
}
