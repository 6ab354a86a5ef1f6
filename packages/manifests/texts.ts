import { type Color, colors } from "@cutover/release";
import type { ManifestFiles } from "./files.ts";
import { type Chart, hasColors, helmTemplate, inColor } from "./helm.ts";
import { kustomize } from "./kustomize.ts";
import { expandPaths, type Place } from "./paths.ts";
import type { Tools } from "./tool.ts";

/** YAML, and what messages call it: a file, or the command whose output it is. */
export interface ManifestText {
  name: string;
  text: string;
}

/** What a release is made from. */
export interface Sources {
  /** Files, directories and kustomizations, `{color}` in a path standing for both. */
  paths: readonly string[];
  chart?: Chart | undefined;
}

/** What is the same for both colors, and what each has of its own. */
export interface Texts {
  shared: readonly ManifestText[];
  perColor: Readonly<Record<Color, readonly ManifestText[]>>;
}

/** Reads files, and runs kustomize and Helm, each once where both colors share its output. @throws what those throw. */
export async function textsOf({ paths, chart }: Sources, files: ManifestFiles, tools: Tools): Promise<Texts> {
  const places = await expandPaths(paths, files);
  const read = (place: Place): Promise<ManifestText> => textAt(place, files, tools);
  const charts = (color?: Color): readonly Chart[] => {
    if (chart === undefined || hasColors(chart) !== (color !== undefined)) return [];
    return [color === undefined ? chart : inColor(chart, color)];
  };
  const rendered = (color?: Color) => charts(color).map((one) => helmTemplate(one, files, tools));
  const [shared, blue, green] = await Promise.all([
    Promise.all([...places.shared.map(read), ...rendered()]),
    ...colors.map((color) => Promise.all([...places.perColor[color].map(read), ...rendered(color)])),
  ]);
  return { shared, perColor: { blue: blue ?? [], green: green ?? [] } };
}

async function textAt({ kind, path }: Place, files: ManifestFiles, tools: Tools): Promise<ManifestText> {
  return kind === "file" ? { name: path, text: await files.read(path) } : await kustomize(path, tools);
}
