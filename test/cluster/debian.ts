import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run, succeeds } from "./command.ts";
import { cache } from "./places.ts";

/**
 * Folder with the files of Debian packages and of what they need that this machine has not: unpacked and not installed, so that
 * nothing starts by itself and nobody's machine is changed. About 10 s when it is not there yet.
 */
export function unpacked(packages: readonly string[]): string {
  const root = join(cache, `debian-${createHash("sha256").update(packages.join()).digest("hex").slice(0, 16)}`);
  if (!existsSync(root)) unpack(packages, root);
  return root;
}

/** Path of a program in such a folder; of one that is installed already it is the machine's own. */
export function programOf(root: string, name: string): string {
  const places = ["usr/lib/postgresql/*/bin", "usr/bin", "usr/sbin", "bin"].map((folder) => `${folder}/${name}`);
  // What usr/bin has of PostgreSQL are scripts that look for it where it is installed.
  const found = places.flatMap((place) =>
    [root, "/"].flatMap((home) => globSync(place, { cwd: home }).map((path) => join(home, path))),
  );
  return found[0] ?? missing(name);
}

function missing(name: string): never {
  throw new Error(`Debian's packages have no ${name}.`);
}

/** What makes programs find the libraries that came with them. */
export function librariesOf(root: string): Readonly<Record<string, string>> {
  const folders = globSync("usr/lib/*-linux-gnu", { cwd: root }).map((path) => join(root, path));
  return folders.length === 0 ? {} : { LD_LIBRARY_PATH: folders.join(":") };
}

function unpack(packages: readonly string[], root: string): void {
  if (!succeeds("apt-get", ["--version"])) throw new Error(`These tests need apt-get, for ${packages.join(", ")}.`);
  console.log(`Unpacking ${packages.join(", ")}`);
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, ".unpacking-"));
  try {
    const files = join(unfinished, "files");
    mkdirSync(files);
    run("apt-get", ["update", "-qq"]);
    const plan = run("apt-get", ["install", "--simulate", "--no-install-recommends", ...packages]);
    const missing = [...plan.matchAll(/^Inst (\S+)/gm)].flatMap(([, name = ""]) => (isNeeded(name) ? [name] : []));
    if (missing.length > 0) run("apt-get", ["download", "-qq", ...missing], { cwd: unfinished });
    for (const file of globSync("*.deb", { cwd: unfinished }))
      run("dpkg", ["--extract", join(unfinished, file), files]);
    if (!existsSync(root)) renameSync(files, root);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Scripts and fonts of pages that nobody looks at here. */
function isNeeded(name: string): boolean {
  return !/^(fonts-|libjs-)/.test(name);
}
