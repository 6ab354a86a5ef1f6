import { type Freeze, instantOf, isCutoverError, isZone } from "@cutover/release";
import ICAL from "ical.js";
import { calendarInvalid } from "./calendar-invalid.ts";
import type { Calendar, Span } from "./freezes-of.ts";

/** Occurrences of one event that are counted: daily for half a century. */
const mostOccurrences = 20_000;

/** The events of an iCalendar that overlap a span: whole days, any zone, repeated ones too; but for cancelled ones. */
export function freezesOfICalendar(calendar: Calendar, span: Span): readonly Freeze[] {
  const { name, text } = calendar;
  try {
    const root = new ICAL.Component(ICAL.parse(text));
    const zone = calendar.zone ?? wideZone(root) ?? "UTC";
    registerZones(root, name);
    const events = root.getAllSubcomponents("vevent");
    return events.flatMap((event) => occurrences(event, events, { name, zone, span }));
  } catch (error) {
    if (isCutoverError(error)) throw error;
    throw calendarInvalid(name, `cannot be read (${error instanceof Error ? error.message : String(error)})`, error);
  }
}

interface Reading {
  readonly name: string;
  readonly zone: string;
  readonly span: Span;
}

/** An exception to a repeated event is looked at by itself; the event leaves its time out. */
function occurrences(component: ICAL.Component, all: readonly ICAL.Component[], reading: Reading): readonly Freeze[] {
  const ofEvent = all.filter((one) => textOf(one, "uid") === textOf(component, "uid"));
  const exceptions = ofEvent.filter((one) => one !== component && one.hasProperty("recurrence-id"));
  const isException = component.hasProperty("recurrence-id");
  const event = new ICAL.Event(component, { strictExceptions: true, exceptions: isException ? [] : exceptions });
  if (isCancelled(component)) return [];
  const once = (start: ICAL.Time, end: ICAL.Time): Freeze => ({
    name: textOf(component, "summary") || "An event without a name",
    from: instant(start, reading.zone),
    to: instant(end, reading.zone),
    reason: textOf(component, "description").trim().split("\n", 1)[0] || undefined,
  });
  if (isException || !event.isRecurring()) return [once(event.startDate, event.endDate)];
  return repeated(event, once, reading);
}

function repeated(
  event: ICAL.Event,
  once: (start: ICAL.Time, end: ICAL.Time) => Freeze,
  { name, span }: Reading,
): readonly Freeze[] {
  const found: Freeze[] = [];
  const iterator = event.iterator();
  for (let count = 0; count < mostOccurrences; count += 1) {
    const next = iterator.next();
    // At its end it gives nothing, whatever its type says.
    if (!(next instanceof ICAL.Time)) return found;
    const { startDate, endDate, item } = event.getOccurrenceDetails(next);
    const freeze = once(startDate, endDate);
    if (freeze.from > span.to) return found;
    const isMoved = item !== event && item.recurrenceId?.compare(next) === 0;
    if (!isMoved && freeze.to > span.from) found.push(freeze);
  }
  throw calendarInvalid(name, `${event.summary} is repeated more than ${mostOccurrences} times`);
}

function isCancelled(event: ICAL.Component): boolean {
  return textOf(event, "status").toUpperCase() === "CANCELLED";
}

/** A day, or a time in no zone, is one of the calendar's own zone. */
function instant(time: ICAL.Time, zone: string): Date {
  const isZoned = !time.isDate && time.zone !== ICAL.Timezone.localTimezone;
  if (isZoned) return new Date(time.toUnixTime() * 1_000);
  const { year, month, day, hour, minute, second } = time;
  return instantOf(
    time.isDate ? { year, month, day, hour: 0, minute: 0, second: 0 } : { year, month, day, hour, minute, second },
    zone,
  );
}

/** Zones that events name and the calendar does not describe are those of the IANA database. */
function registerZones(root: ICAL.Component, name: string): void {
  const described = new Set(root.getAllSubcomponents("vtimezone").map((zone) => textOf(zone, "tzid")));
  const properties = root.getAllSubcomponents("vevent").flatMap((event) => event.getAllProperties());
  const named = new Set(properties.flatMap((property) => property.getFirstParameter("tzid") || []));
  for (const zone of named) {
    if (described.has(zone)) continue;
    if (!isZone(zone)) throw calendarInvalid(name, `there is no time zone ${zone}, and it describes none`);
    if (!ICAL.TimezoneService.has(zone)) ICAL.TimezoneService.register(new KnownZone({ tzid: zone }), zone);
  }
}

class KnownZone extends ICAL.Timezone {
  /** In seconds, of a time on its clocks. */
  override utcOffset({ year, month, day, hour, minute, second }: ICAL.Time): number {
    const wall = { year, month, day, hour, minute, second };
    return (Date.UTC(year, month - 1, day, hour, minute, second) - instantOf(wall, this.tzid).getTime()) / 1_000;
  }
}

function wideZone(root: ICAL.Component): string | undefined {
  const zone = textOf(root, "x-wr-timezone");
  return isZone(zone) ? zone : undefined;
}

function textOf(component: ICAL.Component, property: string): string {
  const value: unknown = component.getFirstPropertyValue(property);
  return typeof value === "string" ? value : "";
}
