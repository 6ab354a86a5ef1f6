import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** SHA-256 over the SHA-256 of every file of the workspace that a pattern names; empty where there is none. */
export function hashFiles(workspace: string, patterns: readonly string[]): string {
  const wanted = patterns.filter((pattern) => !pattern.startsWith("!"));
  const exclude = patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1));
  const found = globSync(wanted, { cwd: workspace, exclude }).map((path) => join(workspace, path));
  const files = found.filter((path) => statSync(path).isFile()).toSorted();
  if (files.length === 0) return "";
  const hash = createHash("sha256");
  for (const file of files) hash.update(createHash("sha256").update(readFileSync(file)).digest());
  return hash.digest("hex");
}
