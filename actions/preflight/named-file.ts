import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CutoverError } from "@cutover/release";
import type { World } from "./check.ts";

/** A file that an input names. */
export interface NamedFile {
  /** From the workspace; `~/` is the home folder. */
  readonly path: string;
  /** For messages: `file of certificates`. */
  readonly what: string;
}

/** Its text. @throws `input-invalid` */
export async function textOfFile({ path, what }: NamedFile, { runner: { workspace, env } }: World): Promise<string> {
  try {
    return await readFile(resolve(workspace, path.replace(/^~(?=\/)/, env.HOME ?? "~")), "utf8");
  } catch (cause) {
    throw new CutoverError("input-invalid", `The ${what} ${path} cannot be read`, {
      hint: "Name a file of this machine, by its path from the workspace; an earlier step must have made or checked it out.",
      cause,
    });
  }
}
