import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { codeBlock, escapeMarkdown } from "./markdown.ts";

/** What a browser shows of the HTML entities. */
function shown(markdown: string): string {
  const names: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return markdown.replace(/&(?:#(\d+)|(\w+));/g, (_all, code?: string, name?: string) =>
    code === undefined ? (names[name ?? ""] ?? "?") : String.fromCharCode(Number(code)),
  );
}

test("nothing that Markdown or HTML would read is left, and the text shows as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
      const escaped = escapeMarkdown(text);
      assert.doesNotMatch(escaped.replace(/&(#\d+|\w+);/g, ""), /[<>"'`*_[\]()|@:$\\!~{}#&\n]/);
      assert.equal(shown(escaped), text.replace(/[\s\p{Cc}]+/gu, " "));
    }),
  );
});

test("links, mentions, images and cells are text", () => {
  assert.equal(
    escapeMarkdown("[x](http://e.vil) @team | <img>\n# y"),
    "&#91;x&#93;&#40;http&#58;//e&#46;vil&#41; &#64;team &#124; &lt;img&gt; &#35; y",
  );
});

test("a fence is longer than any run of backticks inside", () => {
  assert.equal(codeBlock("a\n", "yaml"), "```yaml\na\n```\n");
  assert.equal(codeBlock("```\n````x"), "`````\n```\n````x\n`````\n");
});
