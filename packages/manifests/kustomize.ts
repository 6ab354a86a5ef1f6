import { CutoverError } from "@cutover/release";
import type { ManifestText } from "./texts.ts";
import { pathArgument, render, type Tools } from "./tool.ts";

/** The name under which kustomize looks for its file in a directory. */
export const kustomizationFile = /^(kustomization\.ya?ml|Kustomization)$/;

/**
 * What `kustomize build` makes of a directory, or `kubectl kustomize` where only that is installed.
 * @throws `process-failed` where neither is, and what `render` throws.
 */
export async function kustomize(directory: string, tools: Tools): Promise<ManifestText> {
  const programs = [
    ["kustomize", "build"],
    ["kubectl", "kustomize"],
  ] as const;
  for (const [file, verb] of programs) {
    const command = `${file} ${verb} ${directory}`;
    const hint = `Run \`${command}\` by hand until it agrees. What needs more flags (--enable-helm, say) is rendered in a step before, into a file for \`manifests\`.`;
    const text = await render({ file, args: [verb, pathArgument(directory)], command, hint }, tools);
    if (text !== undefined) return { name: command, text };
  }
  const message = `manifests: ${directory} is rendered by kustomize, and neither kustomize nor kubectl is on the PATH`;
  const hint =
    "GitHub's own Ubuntu runners have both. Elsewhere install one in a step before: https://kubectl.docs.kubernetes.io/installation/kustomize";
  throw new CutoverError("process-failed", message, { hint });
}
