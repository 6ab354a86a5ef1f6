import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { capture, root } from "./command.ts";

test("the demo fails for one lost request, and for nothing else; the ill release has healed itself", async () => {
  const { exitCode, output } = await capture(process.execPath, [join("scripts", "demo.ts"), "--fast", "--lose"]);
  assert.equal(exitCode, 1, output);
  const flaws = output.split("\n").filter((line) => line.startsWith("Not as it should be:"));
  assert.deepEqual(flaws, ["Not as it should be: Tag v1.0.0, the first release: 1 request was lost."], output);
  assert.match(output, /^ {3}rolled-back after .*: [\d,]+ requests served, 0 lost, [1-9]\d* answered wrongly while/m);
  const report = await readFile(join(root, ".build", "demo", "report.html"), "utf8");
  assert.ok(report.includes("<h1>The release of shop was taken back</h1>"));
});
