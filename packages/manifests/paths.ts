import { join } from "node:path";
import { type Color, CutoverError } from "@cutover/release";
import type { ManifestFiles } from "./files.ts";
import { byText } from "./json.ts";
import { unsuitable } from "./problem.ts";

/** Files by what the color has to do with them, each once, in a stable order. */
export interface ExpandedPaths {
  shared: readonly string[];
  perColor: Readonly<Record<Color, readonly string[]>>;
}

/** @throws `input-invalid` for a path without a manifest, `manifest-invalid` for what another tool must render first. */
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

async function expandAll(paths: readonly string[], files: ManifestFiles): Promise<readonly string[]> {
  const found = await Promise.all(paths.map((path) => expand(path, files)));
  return [...new Set(found.flat())];
}

async function expand(path: string, files: ManifestFiles): Promise<readonly string[]> {
  const kind = await files.kind(path);
  if (kind === undefined) throw missing(path);
  if (kind === "file") return [path];
  const found = await walk(path, files, 0);
  if (found.length === 0) throw missing(path, "holds no .yaml, .yml or .json file");
  return found;
}

/** Deeper is a loop of links. */
const deepest = 16;

async function walk(directory: string, files: ManifestFiles, depth: number): Promise<readonly string[]> {
  if (depth > deepest) throw missing(directory, `lies more than ${deepest} directories deep`);
  const names = [...(await files.list(directory))].filter((name) => !name.startsWith(".")).sort(byText);
  const kustomization = names.find((name) => /^kustomization(\.ya?ml)?$/i.test(name));
  if (kustomization !== undefined)
    throw unrendered(join(directory, kustomization), "a kustomization", "kubectl kustomize");
  if (names.includes("Chart.yaml")) throw unrendered(join(directory, "Chart.yaml"), "a Helm chart", "helm template");
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

function unrendered(path: string, what: string, command: string): CutoverError {
  const directory = path.replace(/\/[^/]*$/, "");
  return unsuitable(
    `${path} is ${what}, not a manifest`,
    `Render it in a step before: \`${command} ${directory} > rendered.yaml\`.`,
  );
}
