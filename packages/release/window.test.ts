import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type DeployWindow, isOpen, nextOpening, parseWindow } from "./window.ts";

function window(text: string): DeployWindow {
  const parsed = parseWindow(text);
  assert.ok(parsed !== undefined, text);
  return parsed;
}

const noon = (text: string, at: string) => isOpen(window(text), new Date(at));

test("a window is open on its days and between its times, until the minute before it ends", () => {
  const text = "Tue-Thu 10:00-14:00 America/New_York";
  assert.equal(noon(text, "2026-11-24T14:59:59Z"), false);
  assert.equal(noon(text, "2026-11-24T15:00:00Z"), true);
  assert.equal(noon(text, "2026-11-24T18:59:59Z"), true);
  assert.equal(noon(text, "2026-11-24T19:00:00Z"), false);
  assert.equal(noon(text, "2026-11-27T16:00:00Z"), false);
});

test("without a zone it is UTC, without days every day, and days may be listed and wrap", () => {
  assert.equal(noon("10:00-14:00", "2026-11-22T10:00:00Z"), true);
  assert.equal(noon("sat,Mon 00:00-24:00", "2026-11-21T23:59:00Z"), true);
  assert.equal(noon("Fri-Mon 00:00-24:00", "2026-11-22T12:00:00Z"), true);
  assert.equal(noon("Fri-Mon 00:00-24:00", "2026-11-24T12:00:00Z"), false);
});

test("a window over midnight belongs to the day on which it opens", () => {
  assert.equal(noon("Fri 22:00-02:00", "2026-11-21T01:59:00Z"), true);
  assert.equal(noon("Fri 22:00-02:00", "2026-11-20T01:00:00Z"), false);
  assert.equal(noon("Fri 22:00-02:00", "2026-11-21T02:00:00Z"), false);
});

test("anything else is no window", () => {
  const wrong = ["", "10-14", "Tue 25:00-26:00", "Tue 10:60-11:00", "Xyz 10:00-11:00", "Tue-Wed-Thu 10:00-11:00"];
  for (const text of [...wrong, "Tue 10:00-10:00", "10:00-11:00 Mars/Olympus", "24:00-01:00", "Tue 1:00-2:00"])
    assert.equal(parseWindow(text), undefined, text);
});

test("the next opening is told", () => {
  const windows = [window("Tue-Thu 10:00-14:00 America/New_York"), window("Sun 03:30-04:00 Europe/Berlin")];
  assert.equal(nextOpening(windows, new Date("2026-11-20T12:00:30Z"))?.toISOString(), "2026-11-22T02:30:00.000Z");
  assert.equal(nextOpening(windows, new Date("2026-11-22T12:00:00Z"))?.toISOString(), "2026-11-24T15:00:00.000Z");
});

test("an opening that the clocks leave out comes a week later", () => {
  const left = window("Sun 02:15-02:45 Europe/Berlin");
  assert.equal(nextOpening([left], new Date("2026-03-24T00:00:00Z"))?.toISOString(), "2026-04-05T00:15:00.000Z");
});

/** Days on which clocks change: an hour in New York and Berlin, half an hour on Lord Howe Island. */
const edges = {
  "America/New_York": ["2026-03-08", "2026-11-01"],
  "Europe/Berlin": ["2026-03-29", "2026-10-25"],
  "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],
} as const;

for (const [zone, days] of Object.entries(edges)) {
  test(`around the change of the clocks a window follows the wall's clock: ${zone}`, () => {
    const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
    const minutes = fc.integer({ min: 0, max: 1_439 });
    const instants = fc.tuple(fc.constantFrom(...days), fc.integer({ min: -1_500, max: 3_000 }));
    fc.assert(
      fc.property(minutes, minutes, instants, (from, to, [day, offset]) => {
        fc.pre(from !== to);
        const text = `${clock(from)}-${clock(to)}`;
        const at = new Date(Date.parse(`${day}T00:00:00Z`) + offset * 60_000);
        // `2026-03-08 03:30`: as another format of the same instant has it, compared as text.
        const time = shown.format(at).slice(-5);
        const isWithin = from < to ? time >= clock(from) && time < clock(to) : time >= clock(from) || time < clock(to);
        assert.equal(isOpen(window(`${text} ${zone}`), at), isWithin, `${text} at ${at.toISOString()}`);
      }),
      { numRuns: 200 },
    );
  });
}

test("a window that spans the change is shorter or longer by it, and a day still belongs to its weekday", () => {
  const open = (text: string, day: string) => {
    const start = Date.parse(`${day}T00:00:00Z`) - 86_400_000;
    const all = Array.from({ length: 3 * 96 }, (_, quarter) => new Date(start + quarter * 900_000));
    return 15 * all.filter((at) => isOpen(window(text), at)).length;
  };
  assert.equal(open("Sun 01:00-04:00 America/New_York", "2026-03-08"), 120);
  assert.equal(open("Sun 01:00-04:00 America/New_York", "2026-11-01"), 240);
  assert.equal(open("Sun 01:00-04:00 Europe/Berlin", "2026-03-29"), 120);
  assert.equal(open("Sun 01:00-04:00 Australia/Lord_Howe", "2026-10-04"), 150);
  assert.equal(open("Sun 01:00-04:00 Australia/Lord_Howe", "2026-04-05"), 210);
});

test("the next opening is the first quarter of an hour in which a window is open and no freeze is on", () => {
  const quarter = 900_000;
  const start = Date.parse("2026-10-26T00:00:00Z");
  const at = fc.integer({ min: 0, max: 10 * 96 }).map((offset) => new Date(start + offset * quarter));
  const time = fc.integer({ min: 0, max: 95 }).map((offset) => clock(offset * 15));
  const day = fc.constantFrom("Mon", "Tue-Thu", "Sat,Sun", "Fri-Mon");
  const one = fc
    .tuple(day, time, time, fc.constantFrom("UTC", "America/New_York"))
    .filter(([, from, to]) => from !== to)
    .map(([days, from, to, zone]) => window(`${days} ${from}-${to} ${zone}`));
  const freeze = fc
    .tuple(at, fc.integer({ min: 1, max: 6 * 96 }))
    .map(([from, length]) => ({ name: "", from, to: new Date(from.getTime() + length * quarter), reason: undefined }));
  fc.assert(
    fc.property(
      fc.array(one, { minLength: 1, maxLength: 2 }),
      fc.array(freeze, { maxLength: 4 }),
      at,
      (windows, freezes, after) => {
        const isAllowed = (instant: Date) =>
          windows.some((each) => isOpen(each, instant)) &&
          !freezes.some(({ from, to }) => from <= instant && instant < to);
        const found = nextOpening(windows, after, freezes)?.getTime() ?? Number.NaN;
        let expected = after.getTime();
        while (!isAllowed(new Date(expected))) expected += quarter;
        assert.equal(new Date(found).toISOString(), new Date(expected).toISOString());
      },
    ),
    { numRuns: 40 },
  );
});

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
