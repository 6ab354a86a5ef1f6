import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { tarOf } from "./tar.ts";

const content = Buffer.from("x".repeat(700));

test("tar reads the archive: one executable file of root's, with its content and its names", () => {
  const archive = tarOf(["app", "bin/cat"], content);
  const listed = spawnSync("tar", ["--list", "--verbose", "--numeric-owner"], { input: archive, encoding: "utf8" });
  assert.equal(listed.stderr, "");
  const [file = "", link = ""] = listed.stdout.split("\n");
  assert.match(file, /^-rwxr-xr-x 0\/0\s+700 1970-01-01 \d\d:00 app$/);
  assert.match(link, /^hrwxr-xr-x 0\/0\s+0 1970-01-01 \d\d:00 bin\/cat link to app$/);
  const extracted = spawnSync("tar", ["--extract", "--to-stdout", "app"], { input: archive });
  assert.deepEqual(extracted.stdout, content);
});

test("the same program is the same archive", () => {
  assert.deepEqual(tarOf(["app"], content), tarOf(["app"], Buffer.from(content)));
});
