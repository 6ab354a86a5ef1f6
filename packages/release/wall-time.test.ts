import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatMinute, instantOf, isZone, wallTime } from "./wall-time.ts";

const at = (text: string, zone: string) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/\D/).map(Number);
  return instantOf({ year, month, day, hour, minute, second: 0 }, zone).toISOString().slice(0, 16);
};

test("a wall's time is an instant by the offset of its day", () => {
  assert.equal(at("2026-01-15 10:00", "America/New_York"), "2026-01-15T15:00");
  assert.equal(at("2026-07-15 10:00", "America/New_York"), "2026-07-15T14:00");
  assert.equal(at("2026-07-15 00:00", "Asia/Kathmandu"), "2026-07-14T18:15");
  assert.equal(at("2026-01-01 00:00", "Pacific/Kiritimati"), "2025-12-31T10:00");
  assert.equal(at("2026-12-32 00:00", "UTC"), "2027-01-01T00:00");
});

test("what clocks show twice is the first time; what they leave out, as if they were changed later", () => {
  assert.equal(at("2026-10-25 02:30", "Europe/Berlin"), "2026-10-25T00:30");
  assert.equal(at("2026-03-29 02:30", "Europe/Berlin"), "2026-03-29T01:30");
  assert.equal(at("2026-04-05 01:45", "Australia/Lord_Howe"), "2026-04-04T14:45");
  assert.equal(at("2026-10-04 02:15", "Australia/Lord_Howe"), "2026-10-03T15:45");
});

/** Days around which clocks change: by an hour, by half an hour, and by a whole day, which Samoa left out. */
const edges = {
  "America/New_York": ["2026-03-08", "2026-11-01"],
  "Europe/Berlin": ["2026-03-29", "2026-10-25"],
  "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],
  "Pacific/Apia": ["2011-12-30"],
} as const;

for (const [zone, days] of Object.entries(edges)) {
  test(`around the change of the clocks every time that they show leads back to its instant: ${zone}`, () => {
    const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    const instants = fc.tuple(fc.constantFrom(...days), fc.integer({ min: -180_000, max: 180_000 }));
    fc.assert(
      fc.property(instants, ([day, seconds]) => {
        const instant = new Date(Date.parse(`${day}T00:00:00Z`) + seconds * 1_000);
        const wall = wallTime(instant, zone);
        const { year, month, day: date, hour, minute, second } = wall;
        const [two, text] = [(part: number) => String(part).padStart(2, "0"), shown.format(instant)];
        assert.equal(`${year}-${two(month)}-${two(date)} ${two(hour)}:${two(minute)}:${two(second)}`, text);
        const back = instantOf(wall, zone);
        // The first of those that show the same.
        assert.ok(back <= instant && shown.format(back) === text, `${instant.toISOString()} is ${back.toISOString()}`);
      }),
      { numRuns: 200 },
    );
  });
}

test("zones are those of the IANA database", () => {
  assert.deepEqual(["Europe/Berlin", "UTC", "Mars/Olympus", ""].map(isZone), [true, true, false, false]);
  assert.equal(formatMinute(new Date("2026-11-21T16:30:59Z")), "2026-11-21 16:30 UTC");
});
