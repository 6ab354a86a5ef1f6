import { existsSync } from "node:fs";
import { join } from "node:path";
import { bundledStub } from "../../test/bundled-stub.ts";
import { capture, root } from "../command.ts";

const sources = [
  "actions",
  "packages",
  "package-lock.json",
  ":!packages/sandbox",
  ":!packages/workflow",
  ":!*.test.ts",
  ":!*.md",
];

/** Finds the stub of an action: in dist/ as it ships, or, where the sources have moved on since, in a bundle made aside. */
export async function stubFinder(): Promise<(action: string) => Promise<string>> {
  if (await isCurrent()) return async (action) => join(root, "dist", `${action}.js`);
  return bundledStub;
}

/** Whether nothing that is bundled changed since dist/ was committed. Where there is no git, what is there is what shipped. */
async function isCurrent(): Promise<boolean> {
  if (!existsSync(join(root, "dist", "index.js"))) return false;
  const last = await capture("git", ["log", "-1", "--format=%H", "--", "dist"]).catch(() => undefined);
  const commit = last?.exitCode === 0 ? last.output.trim() : "";
  if (commit === "") return true;
  const { exitCode } = await capture("git", ["diff", "--quiet", commit, "--", ...sources]);
  return exitCode === 0;
}
