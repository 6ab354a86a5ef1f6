import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { CutoverError } from "@cutover/release";

/** Who names the file, and where it may lie. */
export interface Referrer {
  /** Folder of the kubeconfig; none for one given as text. */
  folder: string | undefined;
  /** The checked-out repository. */
  workspace: string | undefined;
  /** The runner's folder for temporary files. */
  temporary: string | undefined;
}

/**
 * The real path of a file that a kubeconfig names. A kubeconfig of the repository is written by whoever opens a pull request:
 * it may not reach outside.
 * @throws `input-invalid`, `refused`
 */
export async function referencedFile(file: string, { folder, workspace, temporary }: Referrer): Promise<string> {
  if (folder === undefined && !path.isAbsolute(file)) {
    throw new CutoverError(
      "input-invalid",
      `kubeconfig: "${file}" is relative, and a kubeconfig given as text has no folder`,
      {
        hint: "Write the data into the kubeconfig: `kubectl config view --raw --flatten`.",
      },
    );
  }
  const found = await realpath(path.resolve(folder ?? "/", file)).catch((cause: unknown) => {
    throw new CutoverError("input-invalid", `kubeconfig: no file ${file}`, {
      hint: "Mend the path in the kubeconfig.",
      cause,
    });
  });
  if (folder === undefined || !(await lies(folder, workspace))) return found;
  if ((await lies(found, workspace)) || (await lies(found, temporary))) return found;
  throw new CutoverError("refused", `kubeconfig: one that lies in the workspace may not use ${file} outside it`, {
    hint: "Pass the kubeconfig from a secret, or move the file to the workspace or $RUNNER_TEMP.",
  });
}

/** Text of such a file; `undefined` where none is named. */
export async function readReferenced(file: string | undefined, referrer: Referrer): Promise<string | undefined> {
  return file === undefined ? undefined : readFile(await referencedFile(file, referrer), "utf8");
}

/** Whether `file` is `folder` or lies in it, links followed. */
export async function lies(file: string, folder: string | undefined): Promise<boolean> {
  if (folder === undefined) return false;
  const [real, top] = await Promise.all([file, folder].map((one) => realpath(one).catch(() => path.resolve(one))));
  const relative = path.relative(top ?? folder, real ?? file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
