import assert from "node:assert/strict";
import { test } from "node:test";
import { paint } from "./paint.ts";
import { svg } from "./svg.ts";

function texts(...lines: string[]): string[] {
  return svg(lines, { columns: 80, title: "a title" })
    .split("\n")
    .filter((line) => line.startsWith("<text "));
}

test("puts each run of a style where a terminal has it", () => {
  const [first, second, ...more] = texts(`  ab ${paint(["green", "bold"], " cd")}`);
  assert.match(first ?? "", /^<text x="32.8" y="30" textLength="16.8" [^>]*"spacingAndGlyphs">ab<\/text>$/);
  assert.match(second ?? "", /^<text x="66.4" .* fill="#56d364" font-weight="bold">cd<\/text>$/);
  assert.deepEqual(more, []);
});

test("leaves out blanks, of which an SVG would keep but one", () => {
  const [left, right, ...more] = texts("one word   another");
  assert.match(left ?? "", /">one word</);
  assert.match(right ?? "", /x="108.4".*">another</);
  assert.deepEqual(more, []);
});

test("ends a style where it ends, and keeps no blank lines", () => {
  const [dim, plain, ...more] = texts("", `${paint("dim", "x")}y`);
  assert.match(dim ?? "", /y="48".* opacity="\.6">x</);
  assert.match(plain ?? "", /"spacingAndGlyphs">y</);
  assert.deepEqual(more, []);
});

test("says the text as it is", () => {
  assert.match(texts("a < b && c").join(""), />a &lt; b &amp;&amp; c</);
});
