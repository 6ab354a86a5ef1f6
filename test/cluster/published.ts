import { globSync } from "node:fs";
import { copyFile, cp, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { demand, root } from "../../scripts/command.ts";
import { bundledStub } from "../bundled-stub.ts";

/** A fresh clone of HEAD, as users get it. Only what is built from the sources is laid over it, so that a change is
 * tested before it is committed; returns what that changed: nothing where all is committed, as it must be in CI. */
export async function publish(folder: string): Promise<readonly string[]> {
  await demand("git", ["clone", "--quiet", "--depth=1", `file://${root}`, folder]);
  await rm(join(folder, "dist"), { recursive: true, force: true });
  await cp(dirname(await bundledStub("index")), join(folder, "dist"), { recursive: true });
  for (const definition of globSync("actions/*/action.yml", { cwd: root })) {
    await copyFile(join(root, definition), join(folder, definition));
  }
  const changes = await demand("git", ["status", "--porcelain"], folder);
  const uncommitted = changes.split("\n").filter((line) => line !== "");
  if (uncommitted.length > 0 && process.env.CUTOVER_CI_RUN !== undefined) {
    const what = uncommitted.map((line) => line.slice(3)).join(", ");
    throw new Error(`HEAD is not what its sources make, so users would get something else: ${what}`);
  }
  return uncommitted;
}
