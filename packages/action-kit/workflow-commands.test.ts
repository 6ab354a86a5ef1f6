import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as witness from "@actions/core";
import { addToFile, commandLine } from "./workflow-commands.ts";

const texts = ["", "plain", "100 %", "two\nlines\r\nand %0A", "::error::x", "ü, : ; = and 😀"];

test("commands are, to the byte, those of GitHub's own toolkit", (context) => {
  for (const text of texts) {
    const written = context.mock.method(process.stdout, "write", () => true);
    for (const say of [witness.debug, witness.warning, witness.error, witness.startGroup, witness.setSecret]) say(text);
    witness.endGroup();
    const expected = written.mock.calls.map(({ arguments: [line] }) => line);
    written.mock.restore();
    const ours = (["debug", "warning", "error", "group", "add-mask"] as const).map((name) => commandLine(name, text));
    assert.deepEqual([...ours, commandLine("endgroup")], expected);
  }
});

test("values in files are those of GitHub's own toolkit, but for the delimiter", () => {
  const folder = mkdtempSync(join(tmpdir(), "cutover-commands-"));
  const [ours, theirs] = [join(folder, "ours"), join(folder, "theirs")];
  for (const file of [ours, theirs]) writeFileSync(file, "");
  const kept = process.env.GITHUB_OUTPUT;
  process.env.GITHUB_OUTPUT = theirs;
  try {
    for (const [index, text] of texts.entries()) {
      addToFile(ours, `name-${index}`, text);
      witness.setOutput(`name-${index}`, text);
    }
    const read = (file: string) => readFileSync(file, "utf8");
    const delimiters = (text: string) => text.match(/ghadelimiter_[0-9a-f-]{36}/g) ?? [];
    assert.equal(new Set(delimiters(read(ours))).size, texts.length);
    const plain = (text: string) => text.replaceAll(/ghadelimiter_[0-9a-f-]{36}/g, "END");
    assert.equal(plain(read(ours)), plain(read(theirs)));
    assert.throws(() => addToFile(join(folder, "gone"), "name", "text"), /Missing file/);
  } finally {
    if (kept === undefined) delete process.env.GITHUB_OUTPUT;
    else process.env.GITHUB_OUTPUT = kept;
    rmSync(folder, { recursive: true });
  }
});
