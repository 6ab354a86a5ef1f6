import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { CutoverError } from "@cutover/release";
import type { KubeconfigSource } from "./kubeconfig.ts";

/**
 * The kubeconfigs that `given` means: the text, base64 of the text, or a path (or several, as in `$KUBECONFIG`).
 * @throws `input-invalid`, without a word of what was given unless it can only be a path.
 */
export async function kubeconfigSources(given: string, home?: string): Promise<readonly KubeconfigSource[]> {
  const content = asText(given);
  if (content !== undefined) return [{ content, title: "kubeconfig", folder: undefined }];
  const files = given
    .trim()
    .split(path.delimiter)
    .filter((file) => file !== "")
    .map((file) => (home === undefined ? file : file.replace(/^~(?=\/)/, home)));
  const sources = await Promise.all(files.map(readSource));
  const found = sources.filter((source) => source !== undefined);
  if (found.length > 0) return found;
  const what = isPrintable(given)
    ? `no file ${files.join(" or ")}`
    : "neither a kubeconfig, nor base64 of one, nor a path";
  throw new CutoverError("input-invalid", `kubeconfig: ${what}`, {
    hint: "Give the path of a kubeconfig, its text, or base64 of the text.",
  });
}

/** The text of a kubeconfig given whole or as base64. */
function asText(given: string): string | undefined {
  if (isKubeconfig(given)) return given;
  if (!/^[A-Za-z0-9+/_\-\s]+={0,2}\s*$/.test(given)) return undefined;
  const decoded = Buffer.from(given, "base64").toString("utf8");
  return isKubeconfig(decoded) ? decoded : undefined;
}

function isKubeconfig(text: string): boolean {
  return /^\s*\{/.test(text) || /^(clusters|contexts|users|apiVersion|kind|current-context)\s*:/m.test(text);
}

/** kubectl, too, skips files of the list that are not there. */
async function readSource(file: string): Promise<KubeconfigSource | undefined> {
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) return undefined;
  const content = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new CutoverError("input-invalid", `kubeconfig: cannot read ${file}`, {
      hint: "Give this user the right to read it.",
      cause,
    });
  });
  return { content, title: `kubeconfig ${file}`, folder: path.dirname(path.resolve(file)) };
}

/** A mangled kubeconfig must not be quoted: only what looks like a path is. */
function isPrintable(given: string): boolean {
  return given.length < 300 && /^[\w./:\\~@ -]+$/.test(given.trim()) && /[./\\]/.test(given);
}
