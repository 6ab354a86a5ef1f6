import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { parseSync } from "oxc-parser";
import { root } from "../scripts/command.ts";

const domain = join(root, "packages", "release");

const kinds = [
  { heading: "## Error codes", type: "ErrorCode", file: "errors.ts" },
  { heading: "## Why a release does not become ready", type: "SymptomKind", file: "symptom.ts" },
];

for (const { heading, type, file } of kinds) {
  test(`docs/errors.md has one chapter for each ${type}, and no other`, async () => {
    const found = chapters(await page(), heading);
    assert.deepEqual(new Set(found), new Set(await wordsOf(type, file)));
    assert.equal(new Set(found).size, found.length);
  });
}

test("every chapter says what to do", async () => {
  for (const chapter of (await page()).split(/^### /m).slice(1)) {
    assert.match(chapter, /^\*\*Do\*\*: /m, chapter.split("\n", 1)[0]);
  }
});

test("every link within the page leads to a chapter", async () => {
  const text = await page();
  const anchors = new Set([...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) => anchorOf(title)));
  for (const [, anchor = ""] of text.matchAll(/\]\(#([^)]*)\)/g)) assert.ok(anchors.has(anchor), anchor);
});

function page(): Promise<string> {
  return readFile(join(root, "docs", "errors.md"), "utf8");
}

function chapters(text: string, heading: string): string[] {
  const [, after = ""] = text.split(`${heading}\n`);
  const [part = ""] = after.split(/^## /m);
  return [...part.matchAll(/^### (.*)$/gm)].map(([, title = ""]) => title);
}

/** As GitHub makes them. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
}

/** The words of a union of strings, from the source: a type leaves nothing to ask at run time. */
async function wordsOf(type: string, file: string): Promise<string[]> {
  const { program } = parseSync(file, await readFile(join(domain, file), "utf8"));
  for (const statement of program.body) {
    const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : undefined;
    if (declared?.type !== "TSTypeAliasDeclaration" || declared.id.name !== type) continue;
    const { typeAnnotation } = declared;
    if (typeAnnotation.type !== "TSUnionType") continue;
    return typeAnnotation.types.map((one) => {
      assert.ok(one.type === "TSLiteralType" && one.literal.type === "Literal");
      return String(one.literal.value);
    });
  }
  throw new Error(`${file} declares no union ${type}`);
}
