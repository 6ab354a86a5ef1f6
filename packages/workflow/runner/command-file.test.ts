import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCommandFile, parsePathFile } from "./command-file.ts";

const table: readonly [text: string, values: Record<string, string>][] = [
  ["", {}],
  ["color=blue\n", { color: "blue" }],
  ["color=blue", { color: "blue" }],
  ["color=\n", { color: "" }],
  ["a=b=c\n\n\nd=e\n", { a: "b=c", d: "e" }],
  ["a=1\na=2\n", { a: "2" }],
  ["a=<<E\n", { a: "<<E" }],
  ["a<<E\none\ntwo\nE\nb=1\n", { a: "one\ntwo", b: "1" }],
  ["a<<E\nE\n", { a: "" }],
  ["a<<E\n\nE\n", { a: "" }],
  ["a<<E\n\nx\nE", { a: "\nx" }],
  ["a<<E=\nx\r\nE=\n", { a: "x\r" }],
];

for (const [text, values] of table) {
  test(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(parseCommandFile(text), values));
}

for (const text of ["color\n", "=blue\n", "a<<\nx\n", "<<E\nx\nE\n", "a<<E\nx\n", "a<<E\nx\nEE\n", "a<<E\nx"]) {
  test(`fails the step for ${JSON.stringify(text)}`, () => assert.throws(() => parseCommandFile(text), /Invalid/));
}

test("reads a folder a line", () => {
  assert.deepEqual(parsePathFile("/a\n\n/b"), ["/a", "/b"]);
});
