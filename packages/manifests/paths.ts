import { basename, dirname, join } from "node:path";
import { type Color, CutoverError } from "@cutover/release";
import type { ManifestFiles } from "./files.ts";
import { byText } from "./json.ts";
import { kustomizationFile } from "./kustomize.ts";
import { unsuitable } from "./problem.ts";

/** A file to read, or the directory of a kustomization to build. */
export interface Place {
  kind: "file" | "kustomization";
  path: string;
}

/** Places by what the color has to do with them, each once, in a stable order. */
export interface ExpandedPaths {
  shared: readonly Place[];
  perColor: Readonly<Record<Color, readonly Place[]>>;
}

/** @throws `input-invalid` for a path without a manifest, `manifest-invalid` for what must be named otherwise. */
export async function expandPaths(paths: readonly string[], files: ManifestFiles): Promise<ExpandedPaths> {
  const patterns = paths.filter((path) => path.includes("{color}"));
  const plain = paths.filter((path) => !path.includes("{color}"));
  const forColor = (color: Color) =>
    expandAll(
      patterns.map((path) => path.replaceAll("{color}", color)),
      files,
    );
  return {
    shared: await expandAll(plain, files),
    perColor: { blue: await forColor("blue"), green: await forColor("green") },
  };
}

async function expandAll(paths: readonly string[], files: ManifestFiles): Promise<readonly Place[]> {
  const found = await Promise.all(paths.map((path) => expand(path, files)));
  return [...new Map(found.flat().map((place) => [place.path, place])).values()];
}

async function expand(path: string, files: ManifestFiles): Promise<readonly Place[]> {
  const kind = await files.kind(path);
  if (kind === undefined) throw missing(path);
  if (kind === "file") {
    return [isKustomization(path) ? { kind: "kustomization", path: dirname(path) } : { kind: "file", path }];
  }
  const directory = path.replace(/(?<=.)\/+$/, "");
  if ((await files.list(path)).some(isKustomization)) return [{ kind: "kustomization", path: directory }];
  const found = await walk(directory, files, 0);
  if (found.length === 0) throw missing(path, "holds no .yaml, .yml or .json file");
  return found.map((file) => ({ kind: "file", path: file }));
}

function isKustomization(path: string): boolean {
  return kustomizationFile.test(basename(path));
}

/** Deeper is a loop of links. */
const deepest = 16;

async function walk(directory: string, files: ManifestFiles, depth: number): Promise<readonly string[]> {
  if (depth > deepest) throw missing(directory, `lies more than ${deepest} directories deep`);
  const names = [...(await files.list(directory))].filter((name) => !name.startsWith(".")).sort(byText);
  if (names.some(isKustomization)) throw below(directory, "a kustomization", `manifests: ${directory}`);
  if (names.includes("Chart.yaml")) throw below(directory, "a Helm chart", `chart: ${directory}`);
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      if ((await files.kind(path)) === "directory") return walk(path, files, depth + 1);
      return /\.(ya?ml|json)$/i.test(name) ? [path] : [];
    }),
  );
  return found.flat();
}

function missing(path: string, what = "does not exist"): CutoverError {
  const hint =
    "Paths start at the workspace; check out the repository first. A path with {color} needs a file for blue and one for green.";
  return new CutoverError("input-invalid", `manifests: ${path} ${what}`, { hint });
}

/** Which of several overlays is meant is not ours to guess. */
function below(directory: string, what: string, input: string): CutoverError {
  return unsuitable(
    `manifests: ${directory} is ${what}, which is rendered as a whole, not read file by file`,
    `Name the one that this release is made from: \`${input}\`.`,
  );
}
