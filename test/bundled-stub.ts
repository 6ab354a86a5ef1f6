import { createHash } from "node:crypto";
import { existsSync, globSync } from "node:fs";
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "../scripts/bundle.ts";
import { root } from "../scripts/command.ts";
import type { Contents } from "../scripts/webpack-stats.ts";

const shelf = join(root, ".build", "dist");

/** Path of the stub that starts `action`, in a bundle of the sources as they are now; made once per state of them. */
export async function bundledStub(action: string): Promise<string> {
  return join(await bundleOfNow(), "dist", `${action}.js`);
}

/** What each file of that bundle holds. */
export async function bundledContents(): Promise<Contents> {
  return JSON.parse(await readFile(join(await bundleOfNow(), "contents.json"), "utf8"));
}

let made: Promise<string> | undefined;

function bundleOfNow(): Promise<string> {
  made ??= fingerprint().then(async (name) => {
    const place = join(shelf, name);
    if (!existsSync(place)) await make(place);
    return place;
  });
  return made;
}

/** Two processes that start at once both build; the first to finish is kept, the other's is the same. */
async function make(place: string): Promise<void> {
  const mine = `${place}.${process.pid}`;
  const contents = await bundle(join(mine, "dist"));
  await writeFile(join(mine, "contents.json"), JSON.stringify(contents));
  await rename(mine, place).catch(() => rm(mine, { recursive: true, force: true }));
  await forgetOldOnes();
}

/** Hash of everything that a bundle is made from. */
async function fingerprint(): Promise<string> {
  const code = ["{actions,packages}/**/*.ts", "scripts/{bundle,command,licenses,webpack-stats}.ts"];
  const settings = ["tsconfig*.json", "package-lock.json"];
  const sources = globSync([...code, ...settings], {
    cwd: root,
    exclude: ["packages/{sandbox,workflow}/**", "**/*.test.ts"],
  });
  const hash = createHash("sha256");
  for (const file of sources.toSorted()) {
    hash
      .update(`${file}\0`)
      .update(await readFile(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

async function forgetOldOnes(): Promise<void> {
  const day = 24 * 3_600_000;
  for (const name of await readdir(shelf)) {
    const path = join(shelf, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > day) await rm(path, { recursive: true, force: true });
  }
}
