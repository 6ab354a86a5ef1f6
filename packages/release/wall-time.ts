/** A time as the clocks on the walls of some place show it; months count from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks in a zone of the IANA database show at an instant. @throws RangeError for a zone that there is not */
export function wallTime(at: Date, zone: string): WallTime {
  const two = "2-digit";
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-US", {
      ...{ timeZone: zone, calendar: "iso8601", hourCycle: "h23", year: "numeric" },
      ...{ month: two, day: two, hour: two, minute: two, second: two },
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return { year, month, day, hour, minute, second };
}

const longestOffset = 86_400_000;

/**
 * The instant at which clocks in a zone show this: the first one if they show it twice, and if they leave it out, as if they
 * were changed a little later (RFC 5545, 3.3.5). A day beyond the month's last is one of the next month.
 */
export function instantOf(wall: WallTime, zone: string): Date {
  const asUtc = utcOf(wall);
  const [before, after] = [-longestOffset, longestOffset].map((away) => offsetAt(asUtc + away, zone));
  const [first = 0, second = 0] = [asUtc - (before ?? 0), asUtc - (after ?? 0)];
  const isShown = (at: number) => at + offsetAt(at, zone) === asUtc;
  if (isShown(first) && isShown(second)) return new Date(Math.min(first, second));
  return new Date(isShown(second) ? second : first);
}

/** Milliseconds by which clocks in the zone are ahead of UTC. */
function offsetAt(at: number, zone: string): number {
  return utcOf(wallTime(new Date(at), zone)) - Math.floor(at / 1_000) * 1_000;
}

function utcOf({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Whether the IANA database knows it. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** `2026-11-21 16:30 UTC`. */
export function formatMinute(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
