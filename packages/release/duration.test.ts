import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import { formatDuration, parseDuration } from "./duration.ts";

suite("A duration is read", () => {
  const examples = [
    ["0", 0],
    ["250ms", 250],
    ["90s", 90_000],
    ["5m", 300_000],
    ["1h30m", 5_400_000],
    ["1.5s", 1_500],
    ["30d", 2_592_000_000],
    ["1d12h", 129_600_000],
    ["2m5ms", 120_005],
    ["1m1m", 120_000],
    ["0.4ms", 0],
  ] as const;
  for (const [text, milliseconds] of examples) {
    test(`from ${text}`, () => assert.equal(parseDuration(text), milliseconds));
  }
  for (const text of [
    "",
    "5",
    "5 m",
    "m",
    "-5s",
    "1w",
    "1 d",
    "1D",
    "5S",
    ".5s",
    "1,5s",
    `${"9".repeat(400)}h`,
    "9007199254740993ms",
  ]) {
    test(`never from "${text.slice(0, 20)}"`, () => assert.equal(parseDuration(text), undefined));
  }
});

suite("A duration is said", () => {
  const examples = [
    [0, "0 ms"],
    [250.4, "250 ms"],
    [999.7, "1 s"],
    [4_230, "4.2 s"],
    [59_940, "59.9 s"],
    [59_970, "1 min"],
    [185_000, "3 min 5 s"],
    [119_900, "2 min"],
    [3_600_000, "60 min"],
    [7_199_600, "2 h"],
    [75_630_000, "21 h 1 min"],
    [86_400_000, "24 h"],
    [190_000_000, "2 d 5 h"],
  ] as const;
  for (const [milliseconds, text] of examples) {
    test(`as ${text}`, () => assert.equal(formatDuration(milliseconds), text));
  }
});

test("What is said of a whole duration can be read again to within what was rounded away", () => {
  fc.assert(
    fc.property(fc.nat(30 * 86_400_000), (milliseconds) => {
      const again =
        parseDuration(formatDuration(milliseconds).replaceAll(" min", "m").replaceAll(" ", "")) ?? Number.NaN;
      // From two hours on, seconds are not said, and from two days on minutes.
      assert.ok(
        Math.abs(again - milliseconds) <=
          (milliseconds < 7_199_500 ? 500 : milliseconds < 172_770_000 ? 30_000 : 1_800_000),
        `${milliseconds} became ${again}`,
      );
    }),
  );
});
