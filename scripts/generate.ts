/** generate.ts: writes what the contracts of the actions make: each action.yml, and the tables of each README. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./command.ts";
import { generatedFiles } from "./generated.ts";

const files = await generatedFiles();
for (const { path, content } of files) {
  const file = join(root, path);
  const before = await readFile(file, "utf8").catch(() => undefined);
  if (before !== content) await writeFile(file, content);
  console.log(`${before === content ? "unchanged" : "written  "}  ${path}`);
}
