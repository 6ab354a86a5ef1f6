import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { demand, root, tool } from "./command.ts";
import { licenses } from "./licenses.ts";
import { type Contents, readContents } from "./webpack-stats.ts";

/** Packages that do nothing when loaded but do not say so; without the word a bundler keeps every module of theirs. */
const silent = ["@kubernetes/client-node"];

/**
 * Bundles the actions of this work tree into `out`, which it replaces, and returns what each chunk holds.
 * The same sources and lockfile give the same bytes, wherever the tree stands.
 */
export async function bundle(out: string): Promise<Contents> {
  const stage = join(root, ".build", `stage-${process.pid}`);
  try {
    await declareSideEffects();
    await emit(stage);
    const contents = await pack(stage);
    const built = join(stage, "dist");
    await writeFile(join(built, "licenses.txt"), await licenses(contents));
    for (const name of await actionNames(stage)) await writeFile(join(built, `${name}.js`), stub(name));
    await replace(out, built);
    return contents;
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** An action is a folder of actions/ that has an action.ts. */
async function actionNames(stage: string): Promise<string[]> {
  const folders = await readdir(join(stage, "actions"));
  return folders.filter((name) => existsSync(join(stage, "actions", name, "action.js")));
}

/** Main and post of an action are the same stub: the state that main saved tells which of them runs. */
function stub(name: string): string {
  return `import { run } from "./index.js";\nawait run("${name}");\n`;
}

async function declareSideEffects(): Promise<void> {
  for (const name of silent) {
    const file = join(root, "node_modules", name, "package.json");
    const manifest = JSON.parse(await readFile(file, "utf8"));
    if (manifest.sideEffects !== false) {
      await writeFile(file, `${JSON.stringify({ ...manifest, sideEffects: false }, undefined, 2)}\n`);
    }
  }
}

/** ncc's TypeScript loader does not know TypeScript 7, so it gets JavaScript, and workspace packages that point to it. */
async function emit(stage: string): Promise<void> {
  await demand(process.execPath, [tool("typescript/bin/tsc"), "-p", "tsconfig.build.json", "--outDir", stage]);
  await writeFile(join(stage, "package.json"), '{ "type": "module" }\n');
  await mkdir(join(stage, "node_modules", "@cutover"), { recursive: true });
  const manifest = JSON.stringify({ type: "module", exports: "./index.js", sideEffects: false });
  for (const name of await readdir(join(stage, "packages"))) {
    const folder = join(stage, "packages", name);
    await writeFile(join(folder, "package.json"), manifest);
    await symlink(folder, join(stage, "node_modules", "@cutover", name), "junction");
  }
}

async function pack(stage: string): Promise<Contents> {
  const stats = join(stage, "stats.json");
  const options = ["--out", join(stage, "dist"), "--no-cache", "--stats-out", stats];
  // The stage as working directory: ids are made from paths relative to it, so its own name leaves no trace.
  await demand(process.execPath, [tool("@vercel/ncc/dist/ncc/cli.js"), "build", "actions/index.js", ...options], stage);
  return readContents(JSON.parse(await readFile(stats, "utf8")));
}

async function replace(out: string, built: string): Promise<void> {
  await mkdir(dirname(out), { recursive: true });
  await rm(out, { recursive: true, force: true });
  try {
    await rename(built, out);
  } catch {
    // Another file system: a rename cannot cross it.
    await cp(built, out, { recursive: true });
  }
}

/** Files of a bundle with their sizes in bytes, largest first. */
export async function listing(out: string): Promise<{ name: string; bytes: number }[]> {
  const names = await readdir(out);
  const files = await Promise.all(
    names.map(async (name) => ({ name, bytes: (await readFile(join(out, name))).length })),
  );
  return files.toSorted((a, b) => b.bytes - a.bytes);
}

/** `path` as people type it from the repository's folder. */
export function fromRoot(path: string): string {
  return relative(root, path) || ".";
}
