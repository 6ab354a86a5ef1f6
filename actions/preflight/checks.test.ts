import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checks } from "./checks.ts";

test("the README has a row for each check, in their order, and ids are unique", () => {
  const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");
  const rows = [...(readme.split("## Checks")[1]?.split("\n## ")[0] ?? "").matchAll(/^\| `([\w-]+)` \|/gm)];
  const ids = checks.map(({ id }) => id);
  assert.deepEqual(
    rows.map(([, id]) => id),
    ids,
  );
  assert.equal(new Set(ids).size, ids.length);
});
