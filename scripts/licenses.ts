import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./command.ts";
import type { Contents } from "./webpack-stats.ts";

/** Licenses that allow what cutover does with them: ship the code, changed into a bundle, under Apache-2.0. */
const allowed = new Set([
  "MIT",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "BlueOak-1.0.0",
  "Python-2.0",
  // Asks for the source of its own files alone: npm has them, unchanged, in the version that `licenses.txt` names.
  "MPL-2.0",
  "Unlicense",
]);

/** Those that put the code into the public domain: nothing has to be handed on with it, so packages may come without their text. */
const free: ReadonlySet<string> = new Set(["Unlicense"]);

/**
 * The text of `licenses.txt`: each bundled package with version, license and its text.
 * ncc's own list misses packages that it merged into the entry, so it is made from what the chunks hold.
 * @throws when a package has no license text or one that is not allowed.
 */
export async function licenses(contents: Contents, installed = join(root, "node_modules")): Promise<string> {
  const sources = Object.values(contents).flat();
  const names = new Set(sources.flatMap((source) => (source.startsWith("npm:") ? source.slice("npm:".length) : [])));
  const entries = await Promise.all([...names].toSorted().map((name) => entry(name, join(installed, name))));
  return entries.join(`\n${"-".repeat(80)}\n\n`);
}

async function entry(name: string, folder: string): Promise<string> {
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  if (!allowed.has(license))
    throw new Error(
      `${name} ${version} is bundled but its license is ${license}: replace it, or allow the license in scripts/licenses.ts`,
    );
  const file = (await readdir(folder)).toSorted().find((candidate) => /^licen[cs]e/i.test(candidate));
  if (file === undefined && free.has(license)) return `${name} ${version}\n${license}\n`;
  if (file === undefined) throw new Error(`${name} ${version} is bundled but ships no license text`);
  const text = await readFile(join(folder, file), "utf8");
  return `${name} ${version}\n${license}\n\n${text.replaceAll("\r\n", "\n").trim()}\n`;
}
