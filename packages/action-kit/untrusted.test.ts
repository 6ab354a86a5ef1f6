import assert from "node:assert/strict";
import { test } from "node:test";
import { createSecretMasker, lineReader, readOutput, type StepOutput } from "@cutover/workflow";
import fc from "fast-check";
import { inert, inertLines, quarantined } from "./untrusted.ts";

/** What the runner makes of `text` on stdout. */
function heard(text: string): StepOutput {
  const reader = readOutput(createSecretMasker());
  const lines = lineReader((line) => reader.readLine(line));
  lines.write(text);
  lines.end();
  return reader.output;
}

function assertNothingHappened({ annotations, groups, outputs, state, matchers, failed }: StepOutput): void {
  assert.deepEqual(
    { annotations, groups, outputs, state, matchers, failed },
    { annotations: [], groups: [], outputs: {}, state: {}, matchers: [], failed: false },
  );
}

const commands = [
  "add-mask",
  "error",
  "group",
  "set-output name=a",
  "save-state name=a",
  "set-env name=a",
  "add-matcher",
];
/** Pieces that attacks are made of, and pieces that break them apart. */
const piece = fc.oneof(
  fc.constantFrom("::", ":", "##[", "##", "#", "[", "]", "::stop-commands::x", "::x::", "::add-mask::blue", "%0A"),
  fc.constantFrom("\r", "\n", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029", " ", "\t", "\xa0", "\ufeff", "\u200b"),
  fc.constantFrom("\x1b[31m", "\x1b", "\x9b", "[0m", "\x1b]8;;", "\x07", "\0", "\b", "\xad", "\u200d", "\u202e"),
  fc.constantFrom(...commands.map((command) => `::${command}::blue`)),
  fc.constantFrom(...commands.map((command) => `##[${command}]blue`)),
  fc.string({ maxLength: 4 }),
);
const attack = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(""));

test("the runner obeys no text of others, whatever it is made of", () => {
  const probe = "::warning::still listening\n";
  fc.assert(
    fc.property(attack, (text) => {
      const { annotations, ...rest } = heard(quarantined(text) + probe);
      assert.deepEqual(
        annotations.map(({ message }) => message),
        ["still listening"],
      );
      assertNothingHappened({ ...rest, annotations: [] });
      assert.ok(!rest.log.join("").includes("***"));
    }),
    { numRuns: 2_000 },
  );
});

test("the runner obeys no line of others even outside the quarantine", () => {
  fc.assert(
    fc.property(attack, (text) => {
      assertNothingHappened(heard(inertLines(text).join("\n")));
    }),
    { numRuns: 2_000 },
  );
});

test("the emulated runner does obey these attacks when nobody cleans them", () => {
  for (const text of ["a\r::error::x", "pod: ##[error]x", " \x85::error::x", "\u2028::error::x"])
    assert.equal(heard(text).annotations.length, 1, JSON.stringify(text));
});

const table: readonly [line: string, printed: string][] = [
  ["plain text: a::b", "plain text: a::b"],
  ["::add-mask::blue", ": :add-mask::blue"],
  ["  ::error::x", "  : :error::x"],
  ["\x1b[31mred\x1b[0m \x1b]0;title\x07\x00bell", "red bell"],
  ["x ##[error]y ##[group]z", "x ## [error]y ## [group]z"],
  ["#\u200b#[error]x", "## [error]x"],
  [":\x1b[0m:error::x", ": :error::x"],
  ["a\tb", "a\tb"],
  ["abc\u202edef", "abcdef"],
];

for (const [line, printed] of table) {
  test(`${JSON.stringify(line)} is printed as ${JSON.stringify(printed)}`, () => assert.equal(inert(line), printed));
}

test("splits at every line end that some reader knows", () => {
  assert.deepEqual(inertLines("a\r\nb\rc\nd\x85e\u2028f\u2029g\n"), ["a", "b", "c", "d", "e", "f", "g"]);
});

test("cuts long lines and long texts, and says so", () => {
  assert.deepEqual(inertLines("abcdef\nb", { line: 3, total: 100 }), ["abc… (line cut)", "b"]);
  const many = inertLines("12345678\n".repeat(1_000), { line: 100, total: 90 });
  assert.equal(many.length, 11);
  assert.equal(many.at(-1), "… (the rest is cut)");
  assert.ok(quarantined("x\n".repeat(1_000_000)).length < 150_000);
});

test("every text has a token of its own, and an empty one prints nothing", () => {
  assert.equal(quarantined(""), "");
  const token = (text: string) => /^::stop-commands::([0-9a-f]{32})\n/.exec(text)?.[1];
  const [one, two] = [quarantined("a"), quarantined("a")];
  assert.ok(token(one));
  assert.notEqual(token(one), token(two));
  assert.ok(one.endsWith(`::${token(one)}::\n`));
});
