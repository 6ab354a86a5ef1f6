import assert from "node:assert/strict";
import { test } from "node:test";
import { isCutoverError } from "@cutover/release";
import fc from "fast-check";
import { freezesOf } from "./freezes-of.ts";

const year = { from: new Date("2026-01-01T00:00:00Z"), to: new Date("2027-01-01T00:00:00Z") };

/** Name and span of each, `2026-12-24 18:00`, in UTC. */
async function found(text: string, zone?: string, span = year): Promise<readonly string[]> {
  const all = await freezesOf({ name: "freezes", text, zone }, span);
  const minute = (at: Date) => at.toISOString().slice(0, 16).replace("T", " ");
  return all.map(({ name, from, to }) => `${name}: ${minute(from)} - ${minute(to)}`);
}

async function refusal(text: string): Promise<string> {
  const error = await found(text).catch((thrown: unknown) => thrown);
  assert.ok(isCutoverError(error, "input-invalid"), String(error));
  return error.message;
}

/** An iCalendar of events, each as its lines; other parts as they stand. */
function ics(...parts: readonly string[]): string {
  const event = (lines: string, index: number) => {
    const uid = lines.includes("UID:") ? [] : [`UID:${index}@example`];
    return ["BEGIN:VEVENT", ...uid, ...lines.trim().split(/\s*\n\s*/), "END:VEVENT"].join("\r\n");
  };
  const all = parts.map((part, index) => (/^(BEGIN|X-)/.test(part) ? part.trim() : event(part, index)));
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", ...all, "END:VCALENDAR", ""].join("\r\n");
}

test("a YAML list has days, which are in it to their end, times by the clocks of a zone, and instants", async () => {
  const text = `
- { name: Christmas, from: 2026-12-24, to: 2026-12-26, zone: Europe/Berlin, reason: nobody is there }
- { name: Sale, from: 2026-11-27 06:00, to: "2026-11-28T00:30:00", zone: America/New_York }
- { name: Audit, from: 2026-06-01T08:00:00Z, to: 2026-06-01T20:00:00+02:00 }
- { name: Long ago, from: 2020-01-01, to: 2020-01-02 }
`;
  assert.deepEqual(await found(text), [
    "Christmas: 2026-12-23 23:00 - 2026-12-26 23:00",
    "Sale: 2026-11-27 11:00 - 2026-11-28 05:30",
    "Audit: 2026-06-01 08:00 - 2026-06-01 18:00",
  ]);
  const [christmas] = await freezesOf({ name: "freezes", text, zone: undefined }, year);
  assert.equal(christmas?.reason, "nobody is there");
  assert.deepEqual(await found("- { name: Day, from: 2026-03-08, to: 2026-03-08 }", "America/New_York"), [
    "Day: 2026-03-08 05:00 - 2026-03-09 04:00",
  ]);
});

test("a list that cannot be read right is refused, with its entry", async () => {
  assert.match(await refusal("- { name: A, from: 24.12.2026, to: 2026-12-26 }"), /^freezes: A is from 24\.12\.2026/);
  assert.match(await refusal("- { name: A, from: 2026-02-30, to: 2026-03-01 }"), /A is from 2026-02-30/);
  assert.match(await refusal("- { name: A, from: 2026-12-26, to: 2026-12-24 }"), /A ends before it begins/);
  assert.match(await refusal("- { name: A, from: 2026-12-24, to: 2026-12-26, zone: Mars }"), /in Mars/);
  assert.match(await refusal("- { name: A, form: 2026-12-24, to: 2026-12-26 }"), /0\.from/);
  assert.match(await refusal("<html>Log in</html>"), /expected a list/);
  assert.match(await refusal("- [unclosed"), /no YAML and no iCalendar/);
});

test("whole days are days of the calendar's zone, and one without an end is a day long", async () => {
  const day = "SUMMARY:New Year\nDTSTART;VALUE=DATE:20260101";
  assert.deepEqual(await found(ics(day)), ["New Year: 2026-01-01 00:00 - 2026-01-02 00:00"]);
  assert.deepEqual(await found(ics(day), "Asia/Tokyo"), ["New Year: 2025-12-31 15:00 - 2026-01-01 15:00"]);
  const wide = ics("X-WR-TIMEZONE:America/New_York", `${day}\nDTEND;VALUE=DATE:20260103`);
  assert.deepEqual(await found(wide), ["New Year: 2026-01-01 05:00 - 2026-01-03 05:00"]);
});

test("times are in UTC, in a zone of the IANA database, in one that the calendar describes, or in none", async () => {
  const zone = `BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`.replaceAll("\n", "\r\n");
  const text = ics(
    zone,
    "SUMMARY:UTC\nDTSTART:20260701T100000Z\nDURATION:PT90M",
    "SUMMARY:IANA\nDTSTART;TZID=America/New_York:20260701T100000\nDTEND;TZID=America/New_York:20260701T110000",
    "SUMMARY:Own\nDTSTART;TZID=W. Europe Standard Time:20260701T100000\nDURATION:PT1H",
    "SUMMARY:None\nDTSTART:20260701T100000\nDURATION:PT1H",
  );
  assert.deepEqual(await found(text, "Australia/Lord_Howe"), [
    "UTC: 2026-07-01 10:00 - 2026-07-01 11:30",
    "IANA: 2026-07-01 14:00 - 2026-07-01 15:00",
    "Own: 2026-07-01 08:00 - 2026-07-01 09:00",
    "None: 2026-06-30 23:30 - 2026-07-01 00:30",
  ]);
  assert.match(await refusal(ics("DTSTART;TZID=Mars/Olympus:20260701T100000")), /no time zone Mars\/Olympus/);
});

test("a repeated event follows the wall's clock over the change of clocks, to its end", async () => {
  const weekly = `SUMMARY:Friday
    DTSTART;TZID=America/New_York:20260220T160000
    DTEND;TZID=America/New_York:20260220T230000
    RRULE:FREQ=WEEKLY;BYDAY=FR;UNTIL=20260320T200000Z
    EXDATE;TZID=America/New_York:20260227T160000
    EXDATE:20260306T210000Z`;
  assert.deepEqual(await found(ics(weekly)), [
    "Friday: 2026-02-20 21:00 - 2026-02-21 04:00",
    "Friday: 2026-03-13 20:00 - 2026-03-14 03:00",
    "Friday: 2026-03-20 20:00 - 2026-03-21 03:00",
  ]);
});

/** A change of clocks, and the minutes that it leaves out. */
for (const [zone, day, leftOut] of [
  ["America/New_York", "2026-03-08", 60],
  ["Europe/Berlin", "2026-10-25", 0],
  ["Australia/Lord_Howe", "2026-10-04", 30],
] as const) {
  test(`a daily event begins at its time on the wall, on each day around the change of clocks: ${zone}`, async () => {
    const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
    const minutes = fc.integer({ min: 0, max: 1_439 });
    const property = fc.asyncProperty(minutes, fc.integer({ min: 1, max: 3 }), async (minute, before) => {
      // Times on the wall, written and reckoned with as if they were UTC.
      const start = Date.parse(`${day}T00:00:00Z`) + (minute - before * 1_440) * 60_000;
      const text = new Date(start).toISOString().slice(0, 16).replace(/[-:]/g, "");
      const lines = `SUMMARY:Daily\nDTSTART;TZID=${zone}:${text}00\nDURATION:PT15M\nRRULE:FREQ=DAILY;COUNT=6`;
      const all = await freezesOf({ name: "freezes", text: ics(lines), zone: undefined }, year);
      const late = all.map(({ from }, later) => {
        const wall = Date.parse(`${shown.format(from).replace(" ", "T")}Z`);
        return (wall - start) / 60_000 - later * 1_440;
      });
      assert.equal(late.length, 6);
      // What the clocks leave out is as much later.
      const moved = late.filter((by) => by !== 0);
      assert.ok(moved.length === 0 || (moved.length === 1 && moved[0] === leftOut), `${late}`);
    });
    await fc.assert(property, { numRuns: 60 });
  });
}

test("an occurrence that was moved or cancelled is not where it was, and other events keep theirs", async () => {
  const text = ics(
    "UID:a\nSUMMARY:A\nDTSTART:20260105T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3",
    "UID:a\nSUMMARY:A moved\nRECURRENCE-ID:20260106T100000Z\nDTSTART:20260201T100000Z\nDURATION:PT2H",
    "UID:a\nSUMMARY:A\nRECURRENCE-ID:20260107T100000Z\nDTSTART:20260107T100000Z\nSTATUS:CANCELLED",
    "UID:b\nSUMMARY:B\nDTSTART:20260106T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2",
    "SUMMARY:Called off\nDTSTART:20260401T100000Z\nDURATION:PT1H\nSTATUS:CANCELLED",
  );
  assert.deepEqual(await found(text), [
    "A: 2026-01-05 10:00 - 2026-01-05 11:00",
    "A moved: 2026-02-01 10:00 - 2026-02-01 12:00",
    "B: 2026-01-06 10:00 - 2026-01-06 11:00",
    "B: 2026-01-07 10:00 - 2026-01-07 11:00",
  ]);
});

test("what was moved for all that follows stays moved, and what begins before the span reaches into it", async () => {
  const text = ics(
    "UID:a\nSUMMARY:A\nDTSTART:20251231T230000Z\nDURATION:PT2H\nRRULE:FREQ=DAILY;COUNT=4",
    "UID:a\nSUMMARY:A\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260102T230000Z\nDTSTART:20260102T200000Z\nDURATION:PT2H",
  );
  assert.deepEqual(await found(text), [
    "A: 2025-12-31 23:00 - 2026-01-01 01:00",
    "A: 2026-01-01 23:00 - 2026-01-02 01:00",
    "A: 2026-01-03 20:00 - 2026-01-03 22:00",
    "A: 2026-01-02 20:00 - 2026-01-02 22:00",
  ]);
});

test("a calendar that is none, is cut off, or repeats without sense is refused", async () => {
  assert.match(await refusal("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY"), /^freezes: cannot be read/);
  assert.match(await refusal(ics("SUMMARY:No start")), /^freezes: /);
  const every = "SUMMARY:Often\nDTSTART:20000101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY";
  assert.match(await refusal(ics(every)), /Often is repeated more than 20000 times/);
});
