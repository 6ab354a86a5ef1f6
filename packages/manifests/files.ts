import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CutoverError } from "@cutover/release";

/** Where manifests are read from: a disk, or plain values in a test. Paths are as the user wrote them. */
export interface ManifestFiles {
  /** `undefined` when nothing is there. */
  kind(path: string): Promise<"file" | "directory" | undefined>;
  /** Names in a directory, in any order. */
  list(path: string): Promise<readonly string[]>;
  read(path: string): Promise<string>;
}

/** No manifest of people is as big; a path to something else may be. */
const maximumBytes = 4 * 1024 * 1024;

/** The files below `root`, where relative paths begin. @throws `manifest-invalid` for what is too big or no UTF-8 text. */
export function diskFiles(root: string): ManifestFiles {
  const at = (path: string) => resolve(root, path);
  return {
    async kind(path) {
      const found = await stat(at(path)).catch(() => undefined);
      if (found?.isDirectory()) return "directory";
      return found?.isFile() ? "file" : undefined;
    },
    list: (path) => readdir(at(path)),
    async read(path) {
      const { size } = await stat(at(path));
      if (size > maximumBytes) throw unreadable(path, `is bigger than ${maximumBytes / 1024 / 1024} MiB`);
      const bytes = await readFile(at(path));
      try {
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      } catch (cause) {
        throw unreadable(path, "is no UTF-8 text", cause);
      }
    },
  };
}

/** Files that exist only in memory, by path; for tests and for manifests that were rendered. */
export function memoryFiles(contents: Readonly<Record<string, string>>): ManifestFiles {
  const names = Object.keys(contents);
  return {
    async kind(path) {
      if (path in contents) return "file";
      return names.some((name) => name.startsWith(join(path, "/"))) ? "directory" : undefined;
    },
    async list(path) {
      const below = names.filter((name) => name.startsWith(join(path, "/")));
      return [...new Set(below.map((name) => name.slice(join(path, "/").length).replace(/\/.*$/, "")))];
    },
    read: async (path) => contents[path] ?? "",
  };
}

function unreadable(path: string, what: string, cause?: unknown): CutoverError {
  const hint = "Take it out of `manifests`, or split it.";
  return new CutoverError("manifest-invalid", `${path} ${what}`, { hint, cause });
}
