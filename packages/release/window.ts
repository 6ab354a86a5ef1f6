import { type Freeze, thawAfter } from "./freeze.ts";
import { isZone, wallTime } from "./wall-time.ts";

const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const minutesPerDay = 1_440;

/** When releases are allowed, by the clock on the wall of a place. */
export interface DeployWindow {
  /** As it was written. */
  readonly text: string;
  /** Days on which it opens; 0 is Monday. */
  readonly days: ReadonlySet<number>;
  /** Minutes of the day at which it opens, and at which it closes: more than 1440 if that is on the next day. */
  readonly opens: number;
  readonly closes: number;
  /** Such as `America/New_York`. */
  readonly zone: string;
}

/**
 * `Tue-Thu 10:00-14:00 America/New_York`: days (a list, ranges may wrap; every day if left out), from and until, and a time zone
 * of the IANA database (UTC if left out). One that ends before it begins ends on the next day. `undefined` for anything else.
 */
export function parseWindow(text: string): DeployWindow | undefined {
  const found = /^(?:([A-Za-z,-]+)\s+)?(\d\d):(\d\d)-(\d\d):(\d\d)(?:\s+(\S+))?$/.exec(text.trim());
  if (found === null) return undefined;
  const [, dayList, fromHour, fromMinute, toHour, toMinute, zone = "UTC"] = found;
  const days = dayList === undefined ? new Set(dayNames.keys()) : parseDays(dayList);
  const [opens, closes] = [minuteOf(fromHour, fromMinute), minuteOf(toHour, toMinute)];
  if (days === undefined || opens === undefined || closes === undefined || opens === closes) return undefined;
  if (opens === minutesPerDay || !isZone(zone)) return undefined;
  return { text: text.trim(), days, opens, closes: closes > opens ? closes : closes + minutesPerDay, zone };
}

/** Whether the window is open at an instant; when the clocks change it follows the clock on the wall. */
export function isOpen(window: DeployWindow, at: Date): boolean {
  const { days, opens, closes, zone } = window;
  const { day, minute } = wallClock(at, zone);
  const yesterday = (day + 6) % 7;
  return (
    (days.has(day) && minute >= opens && minute < closes) || (days.has(yesterday) && minute + minutesPerDay < closes)
  );
}

/** The next whole minute at which one of the windows is open and no freeze is on; `undefined` where there is none. */
export function nextOpening(
  windows: readonly DeployWindow[],
  after: Date,
  freezes: readonly Freeze[] = [],
): Date | undefined {
  const opening = earliest(windows, after);
  if (opening === undefined) return undefined;
  const thaw = thawAfter(freezes, opening);
  return thaw > opening ? nextOpening(windows, thaw, freezes) : opening;
}

function earliest(windows: readonly DeployWindow[], after: Date): Date | undefined {
  const openings = windows.flatMap((window) => openingOf(window, after) ?? []);
  return openings.toSorted((one, other) => one.getTime() - other.getTime())[0];
}

/** No change of clocks is longer; up to it before an opening every minute is looked at. */
const longestChange = 180;

/** An opening that falls into an hour that the clocks leave out comes a week later. */
function openingOf(window: DeployWindow, after: Date): Date | undefined {
  const start = Math.ceil(after.getTime() / 60_000);
  let minute = start;
  while (minute <= start + 15 * minutesPerDay) {
    const at = new Date(minute * 60_000);
    if (isOpen(window, at)) return at;
    minute += Math.max(1, minutesTo(window, at) - longestChange);
  }
  return undefined;
}

/** Minutes to the next opening, if no clock is changed until then. */
function minutesTo({ days, opens, zone }: DeployWindow, at: Date): number {
  const { day, minute } = wallClock(at, zone);
  const ahead = Array.from({ length: 8 }, (_, later) => later).filter((later) => days.has((day + later) % 7));
  return Math.min(...ahead.map((later) => later * minutesPerDay + opens - minute).filter((wait) => wait > 0));
}

/** Day of the week (0 is Monday) and minute of the day, as a clock on the wall of the zone shows them. */
function wallClock(at: Date, zone: string): { day: number; minute: number } {
  const { year, month, day, hour, minute } = wallTime(at, zone);
  return { day: (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7, minute: hour * 60 + minute };
}

function parseDays(list: string): ReadonlySet<number> | undefined {
  const days = new Set<number>();
  for (const part of list.split(",")) {
    const [first, last = first, ...more] = part.split("-").map(dayNumber);
    if (first === undefined || last === undefined || more.length > 0) return undefined;
    for (let day = first; ; day = (day + 1) % 7) {
      days.add(day);
      if (day === last) break;
    }
  }
  return days;
}

function dayNumber(name: string): number | undefined {
  const index = dayNames.findIndex((one) => one.toLowerCase() === name.toLowerCase());
  return index < 0 ? undefined : index;
}

/** Up to 24:00, which is the day's end. */
function minuteOf(hour = "", minute = ""): number | undefined {
  const total = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && total <= minutesPerDay ? total : undefined;
}
