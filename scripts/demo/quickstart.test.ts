import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../command.ts";
import { acts } from "./acts.ts";
import { repository } from "./quickstart.ts";

const readme = await readFile(join(root, "README.md"), "utf8");
const blocks = [...readme.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
const files = [...new Set(acts((version) => version).map(({ file }) => file))];

test("the README's workflows are the files that the demo runs, and all of them", async () => {
  const run = files.map((file) => readFile(join(repository, ".github", "workflows", file), "utf8"));
  assert.deepEqual(blocks, await Promise.all(run));
});
