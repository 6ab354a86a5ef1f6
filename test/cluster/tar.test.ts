import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { tarOf } from "./tar.ts";

const content = Buffer.from("x".repeat(700));

test("tar reads the archive: one executable file of root's, with its content", () => {
  const listed = spawnSync("tar", ["--list", "--verbose", "--numeric-owner"], {
    input: tarOf("app", content),
    encoding: "utf8",
  });
  assert.equal(listed.stderr, "");
  assert.match(listed.stdout, /^-rwxr-xr-x 0\/0\s+700 1970-01-01 \d\d:00 app\n$/);
  const extracted = spawnSync("tar", ["--extract", "--to-stdout", "app"], { input: tarOf("app", content) });
  assert.deepEqual(extracted.stdout, content);
});

test("the same program is the same archive", () => {
  assert.deepEqual(tarOf("app", content), tarOf("app", Buffer.from(content)));
});
