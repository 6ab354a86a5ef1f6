import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { kebabCase } from "@cutover/action-kit";
import { checks } from "./checks.ts";
import { contract } from "./contract.ts";

const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");
const section = (title: string) => readme.split(`## ${title}`)[1]?.split("\n## ")[0] ?? "";

test("the README has a row for each check, in their order, and ids are unique", () => {
  const rows = [...section("Checks").matchAll(/^\| `([\w-]+)` \|/gm)];
  const ids = checks.map(({ id }) => id);
  assert.deepEqual(
    rows.map(([, id]) => id),
    ids,
  );
  assert.equal(new Set(ids).size, ids.length);
});

test("what the README says that does a runbook's line is a check, an input, an output, or a part of a workflow", () => {
  const rows = section("What runbooks ask for")
    .split("\n")
    .filter((line) => line.startsWith("| "));
  // Of `required-reviews: 1` the name.
  const said = rows.flatMap((row) =>
    [...(row.split(" | ")[1] ?? "").matchAll(/`([^`:]+)[^`]*`/g)].map(([, word]) => word),
  );
  const words = [...Object.keys(contract.inputs.shape), ...Object.keys(contract.outputs.shape)].map(kebabCase);
  const known: ReadonlySet<string | undefined> = new Set([...checks.map(({ id }) => id), ...words, "run", "needs"]);
  assert.deepEqual(
    said.filter((word) => !known.has(word)),
    [],
  );
  assert.ok(rows.length > 80, `${rows.length} rows`);
});
