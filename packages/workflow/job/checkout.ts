import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";

/** What actions/checkout leaves in `workspace`: the repository's folder as it is now, without its history. */
export function checkOut(repository: string, workspace: string, path = ""): void {
  const target = resolve(workspace, path);
  if (target !== workspace && !target.startsWith(`${workspace}/`)) {
    throw new Error(`Repository path '${target}' is not under '${workspace}'`);
  }
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(repository)) {
    if (basename(name) !== ".git") cpSync(join(repository, name), join(target, name), { recursive: true });
  }
}
