import { join } from "node:path";
import { type Color, CutoverError } from "@cutover/release";
import type { ManifestFiles } from "./files.ts";
import type { ManifestText } from "./texts.ts";
import { pathArgument, render, type Tools } from "./tool.ts";

/** A Helm chart and what it is rendered with. `{color}` may stand anywhere in it but in the namespace. */
export interface Chart {
  /** A directory, a packed chart (.tgz) or `oci://…`. */
  chart: string;
  releaseName: string;
  namespace: string;
  /** Files, the later over the earlier. */
  values: readonly string[];
  /** As `--set` takes them, by path: `image.tag`. */
  set: Readonly<Record<string, string>>;
}

/** Whether the chart colors its objects itself. */
export function hasColors({ namespace: _, ...chart }: Chart): boolean {
  return JSON.stringify(chart).includes("{color}");
}

/** The chart of one color. */
export function inColor({ namespace, ...chart }: Chart, color: Color): Chart {
  const paint = (text: string) => text.replaceAll("{color}", color);
  const set = Object.entries(chart.set).map(([path, value]) => [paint(path), paint(value)]);
  return {
    namespace,
    chart: paint(chart.chart),
    releaseName: paint(chart.releaseName),
    values: chart.values.map(paint),
    set: Object.fromEntries(set),
  };
}

/**
 * What `helm template` makes of a chart, without asking the cluster.
 * @throws `input-invalid` for a path that leads nowhere, `process-failed` where helm is not installed, and what `render` throws.
 */
export async function helmTemplate(chart: Chart, files: ManifestFiles, tools: Tools): Promise<ManifestText> {
  await checkPaths(chart, files);
  const command = `helm template ${chart.chart}`;
  const hint = `Run \`${command}\` by hand with the same values. Dependencies that are not in its charts/ come with \`helm dependency build\`, a login to a registry with \`helm registry login\`, each in a step before.`;
  const text = await render({ file: "helm", args: templateArguments(chart), command, hint }, tools);
  if (text !== undefined) return { name: command, text };
  throw new CutoverError("process-failed", `chart: ${chart.chart} is rendered by helm, and helm is not on the PATH`, {
    hint: "GitHub's own Ubuntu runners have it. Elsewhere install it in a step before: https://helm.sh/docs/intro/install",
  });
}

function templateArguments({ chart, releaseName, namespace, values, set }: Chart): readonly string[] {
  return [
    ...["template", releaseName, isRemote(chart) ? chart : pathArgument(chart), "--namespace", namespace],
    ...values.flatMap((file) => ["--values", pathArgument(file)]),
    ...Object.entries(set).flatMap(([path, value]) => ["--set", `${path}=${value}`]),
  ];
}

function isRemote(chart: string): boolean {
  return chart.startsWith("oci://");
}

async function checkPaths({ chart, values }: Chart, files: ManifestFiles): Promise<void> {
  const kind = isRemote(chart) ? "file" : await files.kind(chart);
  if (kind === undefined) throw unfit("chart", `${chart} does not exist`, fromRepository);
  if (kind === "directory" && (await files.kind(join(chart, "Chart.yaml"))) === undefined)
    throw unfit("chart", `${chart} is no chart: it holds no Chart.yaml`, fromRepository);
  for (const file of values) {
    if ((await files.kind(file)) !== "file") throw unfit("values", `${file} is no file`, "Name one file a line.");
  }
}

const fromRepository =
  "It is a directory, a .tgz or oci://…; `helm pull` in a step before brings one from a chart repository.";

function unfit(input: string, what: string, hint: string): CutoverError {
  const start = "Paths start at the workspace; check out the repository first.";
  return new CutoverError("input-invalid", `${input}: ${what}`, { hint: `${start} ${hint}` });
}
