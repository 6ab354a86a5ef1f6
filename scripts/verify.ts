/** verify.ts: proves that everything generated (action.yml, README tables, dist/) is what the committed sources make. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle.ts";
import { demand, root } from "./command.ts";
import { strangers } from "./installed.ts";

async function verify(): Promise<string | undefined> {
  const before = await changes();
  if (before !== "") return `The work tree is dirty before anything ran; commit or remove these first:\n${before}`;

  const different = await strangers();
  if (different.length > 0) {
    return `node_modules differs from package-lock.json, and so would dist/; run \`npm ci\` first:\n${different.join("\n")}`;
  }

  await demand(process.execPath, ["scripts/generate.ts"]);
  await bundle(join(root, "dist"));
  const after = await changes();
  if (after === "") return undefined;
  const diff = await demand("git", ["diff", "--stat", "--no-color"]);
  return `What is committed is not what the sources make; run \`npm run generate && npm run build\` and commit:\n${after}${diff}`;
}

/** Changed, deleted and untracked files, as git lists them; empty in a clean tree. */
function changes(): Promise<string> {
  return demand("git", ["status", "--porcelain", "--untracked-files=all"]);
}

if (!existsSync(join(root, ".git"))) throw new Error("verify compares with what is committed: it needs a git clone");
const started = performance.now();
const problem = await verify();
if (problem === undefined) {
  console.log(
    `Generated files and dist/ are what the sources make (${((performance.now() - started) / 1_000).toFixed(1)} s)`,
  );
} else {
  console.error(problem);
  process.exitCode = 1;
}
