import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lineReader } from "./lines.ts";

test("ends a line at every line end that .NET knows, wherever the chunks are cut", () => {
  const chunks = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "\r", "\n", "\u2028"), maxLength: 6 }));
  fc.assert(
    fc.property(chunks, (parts) => {
      const lines: string[] = [];
      const reader = lineReader((line) => lines.push(line));
      for (const part of parts) reader.write(part);
      reader.end();
      const expected = parts.join("").split(/\r\n|\r|\n/);
      if (expected.at(-1) === "") expected.pop();
      assert.deepEqual(lines, expected);
    }),
  );
});
