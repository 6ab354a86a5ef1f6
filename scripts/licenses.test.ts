import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { licenses } from "./licenses.ts";

test("gives each package its version, license and text, once and in order", async () => {
  await using folder = await installed({
    "b/package.json": '{ "version": "2.0.0", "license": "ISC" }',
    "b/LICENCE": "Do as you like.\r\n",
    "@a/a/package.json": '{ "version": "1.0.0", "license": "MIT" }',
    "@a/a/license.md": "Copyright A",
  });
  const text = await licenses(
    { "1.js": ["npm:b", "packages/release/color.js"], "2.js": ["npm:@a/a", "npm:b"] },
    folder.path,
  );
  const line = "-".repeat(80);
  assert.equal(text, `@a/a 1.0.0\nMIT\n\nCopyright A\n\n${line}\n\nb 2.0.0\nISC\n\nDo as you like.\n`);
});

test("refuses a license that does not allow shipping", async () => {
  await using folder = await installed({
    "a/package.json": '{ "version": "1.0.0", "license": "GPL-3.0" }',
    "a/LICENSE": "…",
  });
  await assert.rejects(
    licenses({ "1.js": ["npm:a"] }, folder.path),
    /a 1\.0\.0 is bundled but its license is GPL-3\.0/,
  );
});

test("refuses a package that ships no license text", async () => {
  await using folder = await installed({ "a/package.json": '{ "version": "1.0.0", "license": "MIT" }' });
  await assert.rejects(licenses({ "1.js": ["npm:a"] }, folder.path), /ships no license text/);
});

test("asks no text of what is given to everybody, for which none has to be handed on", async () => {
  await using folder = await installed({ "a/package.json": '{ "version": "1.0.0", "license": "Unlicense" }' });
  assert.equal(await licenses({ "1.js": ["npm:a"] }, folder.path), "a 1.0.0\nUnlicense\n");
});

async function installed(files: Readonly<Record<string, string>>) {
  const path = await mkdtemp(join(tmpdir(), "cutover-licenses-"));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}
