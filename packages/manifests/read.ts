import { type Color, colors } from "@cutover/release";
import type { ManifestFiles } from "./files.ts";
import { hookProblems, isIdleHook } from "./hooks.ts";
import { isObject, isStringMap, type JsonObject } from "./json.ts";
import { manifestsInvalid, type Problem } from "./problem.ts";
import { identity, type Manifest, type Metadata, place } from "./resource.ts";
import { type ManifestText, type Sources, textsOf } from "./texts.ts";
import type { Tools } from "./tool.ts";
import { type Entry, parseYaml } from "./yaml.ts";

/** Everything that the `manifests` input names, parsed and checked one by one. */
export interface ManifestSet {
  /** From paths without `{color}`. */
  shared: readonly Manifest[];
  /** From paths with `{color}`; none when there is no such path, and then the one set is colored by us. */
  perColor: Readonly<Record<Color, readonly Manifest[]>> | undefined;
}

/**
 * Reads files, directories (recursively: .yaml, .yml, .json), kustomizations, patterns such as `k8s/production-{color}.yaml`,
 * of which both colors must exist, and a chart.
 * @throws `input-invalid` for a path that leads nowhere, `manifest-invalid` with every problem found, with file and line,
 * and what the programs throw that render.
 */
export async function readManifests(sources: Sources, files: ManifestFiles, tools: Tools): Promise<ManifestSet> {
  const texts = await textsOf(sources, files, tools);
  const problems: Problem[] = [];
  const readAll = (some: readonly ManifestText[]) => some.flatMap((text) => readText(text, problems));
  const shared = readAll(texts.shared);
  const blue = readAll(texts.perColor.blue);
  const green = readAll(texts.perColor.green);
  for (const own of [blue, green]) problems.push(...doubles([...shared, ...own]));
  if (problems.length > 0) throw manifestsInvalid(unique(problems));
  const colored = colors.some((color) => texts.perColor[color].length > 0);
  return { shared, perColor: colored ? { blue, green } : undefined };
}

function readText({ name, text }: ManifestText, problems: Problem[]): readonly Manifest[] {
  const parsed = parseYaml(text, name);
  problems.push(...parsed.problems);
  const manifests = parsed.entries.flatMap((entry) => {
    const faults = entryProblems(entry, name);
    problems.push(...faults);
    return faults.length === 0 ? [toManifest(entry, name)] : [];
  });
  const applied = manifests.filter((manifest) => !isIdleHook(manifest));
  problems.push(...applied.flatMap(hookProblems));
  return applied;
}

function entryProblems({ value, lineOf }: Entry, file: string): readonly Problem[] {
  const problem = (path: readonly string[], message: string, hint: string): Problem => {
    return { origin: { file, line: lineOf(path) }, message, hint };
  };
  for (const field of ["apiVersion", "kind"]) {
    if (typeof value[field] === "string" && value[field] !== "") continue;
    return [
      problem([field], `the object has no ${field}`, `Add \`${field}:\`, or take the file out of \`manifests\`.`),
    ];
  }
  const metadata = isObject(value.metadata) ? value.metadata : {};
  if (typeof metadata.name !== "string" || metadata.name === "") {
    return [
      problem(
        ["metadata", "name"],
        `${value.kind} has no metadata.name`,
        "Give it a fixed name; cutover applies objects by name.",
      ),
    ];
  }
  return ["labels", "annotations"].flatMap((field) => {
    if (metadata[field] === undefined || metadata[field] === null || isStringMap(metadata[field])) return [];
    const message = `${field} of ${value.kind} ${metadata.name} must be text`;
    return [
      problem(["metadata", field], message, 'Quote values that look like numbers or booleans: `version: "1.0"`.'),
    ];
  });
}

/** What a cluster adds to an object, and what a manifest exported from one still carries. */
const serverFields = [
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "managedFields",
  "selfLink",
];

/** Only called on entries without problems: the checks above are the border where unknown JSON becomes an object of ours. */
function toManifest({ value, line }: Entry, file: string): Manifest {
  const { status: _, ...fields } = value;
  const metadata = without(isObject(value.metadata) ? value.metadata : {}, serverFields);
  const resource = { ...fields, apiVersion: String(value.apiVersion), kind: String(value.kind) };
  return { resource: { ...resource, metadata: cleaned(metadata) }, origin: { file, line } };
}

function cleaned(metadata: JsonObject): Metadata {
  const { labels, annotations, namespace, ...rest } = metadata;
  return {
    ...rest,
    name: String(metadata.name),
    ...(typeof namespace === "string" ? { namespace } : {}),
    ...(isStringMap(labels) ? { labels } : {}),
    ...(isStringMap(annotations) ? { annotations: withoutForeign(annotations) } : {}),
  };
}

/** Written by kubectl, a controller or ourselves about the live object; stale in a manifest. What people write for us is not. */
function withoutForeign(annotations: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const stale =
    /^(cutover\.dev\/(?!colors$)|kubectl\.kubernetes\.io\/last-applied-configuration$|deployment\.kubernetes\.io\/revision$)/;
  return Object.fromEntries(Object.entries(annotations).filter(([name]) => !stale.test(name)));
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

function doubles(manifests: readonly Manifest[]): readonly Problem[] {
  const seen = new Map<string, Manifest>();
  return manifests.flatMap((manifest) => {
    const key = `${identity(manifest.resource)}/${manifest.resource.metadata.namespace ?? ""}`;
    const first = seen.get(key);
    seen.set(key, first ?? manifest);
    if (!first) return [];
    const { kind, metadata } = manifest.resource;
    const message = `${kind} ${metadata.name} stands here and at ${place(first.origin)}`;
    return [{ origin: manifest.origin, message, hint: "Keep one of the two, or give one another name." }];
  });
}

function unique(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [`${place(problem.origin)} ${problem.message}`, problem])).values()];
}
