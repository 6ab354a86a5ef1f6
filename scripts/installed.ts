import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { root } from "./command.ts";

const lockfile = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), integrity: z.string().optional() })),
});

/** Where node_modules differs from the lockfile, one line a package. npm records what it installed beside it. */
export async function strangers(): Promise<string[]> {
  const wanted = await packagesIn("package-lock.json");
  const installed = await packagesIn("node_modules/.package-lock.json");
  return Object.entries(installed)
    .filter(
      ([path, { version, integrity }]) => wanted[path]?.version !== version || wanted[path]?.integrity !== integrity,
    )
    .map(
      ([path, { version }]) => `  ${path}: ${version} is installed, ${wanted[path]?.version ?? "nothing"} is locked`,
    );
}

async function packagesIn(file: string): Promise<z.infer<typeof lockfile>["packages"]> {
  return lockfile.parse(JSON.parse(await readFile(join(root, file), "utf8"))).packages;
}
