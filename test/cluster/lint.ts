import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { capture, demand } from "../../scripts/command.ts";
import type { Runner } from "./act.ts";
import { actionlint } from "./programs.ts";

/** What actionlint says about an example's workflows: nothing where all is well. A published action is a closed book to
 * it, so the linted copy names the actions by their folder: then it knows their inputs and outputs. */
export async function lintExample(name: string, { scratch, published }: Runner): Promise<string> {
  const copy = join(scratch, `lint-${name}`);
  await cp(join(published, "examples", name), copy, { recursive: true });
  await cp(join(published, "actions"), join(copy, "actions"), { recursive: true });
  await cp(join(published, "dist"), join(copy, "dist"), { recursive: true });
  const workflows = join(copy, ".github", "workflows");
  const files = (await readdir(workflows)).map((file) => join(workflows, file));
  for (const file of files) {
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replaceAll(/cutover-actions\/cutover\/(actions\/[a-z-]+)@v1/g, "./$1"));
  }
  // actionlint looks for local actions from the repository's root.
  await demand("git", ["init", "--quiet"], copy);
  // Other linters would be used where they happen to be installed.
  const { output } = await capture(actionlint(), ["-no-color", "-shellcheck=", "-pyflakes=", ...files], copy);
  return output;
}
