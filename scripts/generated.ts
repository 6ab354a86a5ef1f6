import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Contract } from "@cutover/action-kit";
import { root } from "./command.ts";
import { actionYaml, withTables } from "./contract-files.ts";

export interface GeneratedFile {
  /** From the repository's folder. */
  path: string;
  content: string;
}

/** Every contract there is, by its folder's name. */
export async function contracts(): Promise<Contract[]> {
  const files = globSync("actions/*/contract.ts", { cwd: root }).toSorted();
  return await Promise.all(
    files.map(async (file) => {
      const { contract }: { contract?: Contract } = await import(pathToFileURL(join(root, file)).href);
      const folder = file.split("/")[1];
      if (contract === undefined) throw new Error(`${file} exports no \`contract\``);
      if (contract.name !== folder) throw new Error(`${file} names its action ${contract.name}, not ${folder}`);
      return contract;
    }),
  );
}

/** Every file that contracts make, as it should be now. */
export async function generatedFiles(): Promise<GeneratedFile[]> {
  const files = (await contracts()).map(async (contract) => {
    const folder = `actions/${contract.name}`;
    const readme = await readFile(join(root, folder, "README.md"), "utf8");
    return [
      { path: `${folder}/action.yml`, content: actionYaml(contract) },
      { path: `${folder}/README.md`, content: withTables(readme, contract) },
    ];
  });
  return (await Promise.all(files)).flat();
}
