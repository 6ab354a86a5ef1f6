import type { Freeze } from "@cutover/release";
import { freezesOfList } from "./list.ts";

/** Times without releases, as somebody keeps them. */
export interface Calendar {
  /** Where it is from, as people may read it. */
  readonly name: string;
  readonly text: string;
  /** Zone of days and times that name none; UTC if not given. */
  readonly zone: string | undefined;
}

/** A span of instants. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/**
 * The freezes of a calendar that overlap a span: an iCalendar (RFC 5545), or a YAML list of name, from, to, zone and reason.
 * @throws `input-invalid`, naming the calendar and the entry
 */
export async function freezesOf(calendar: Calendar, span: Span): Promise<readonly Freeze[]> {
  // Few have an iCalendar, and its reader is a quarter of a megabyte.
  const isICalendar = calendar.text.trimStart().startsWith("BEGIN:");
  const all = isICalendar
    ? (await import("./icalendar.ts")).freezesOfICalendar(calendar, span)
    : freezesOfList(calendar);
  return all.filter(({ from, to }) => from < span.to && to > span.from);
}
