import type { Problem } from "./problem.ts";
import type { Manifest } from "./resource.ts";

const annotation = "helm.sh/hook";

/** Moments that never come in a release: `helm test`, `helm uninstall`. */
const elsewhere = new Set(["test", "test-success", "test-failure", "pre-delete", "post-delete", "crd-install"]);

/** Whether Helm itself would not apply this object either when it upgrades. */
export function isIdleHook(manifest: Manifest): boolean {
  const moments = momentsOf(manifest);
  return moments.length > 0 && moments.every((moment) => elsewhere.has(moment));
}

/** Hooks run at a moment of `helm upgrade`; a release that left out its migration would be worse than none. */
export function hookProblems(manifest: Manifest): readonly Problem[] {
  const moments = momentsOf(manifest);
  if (moments.length === 0) return [];
  const { kind, metadata } = manifest.resource;
  const message = `${kind} ${metadata.name} is a Helm hook (${moments.join(", ")}), which only \`helm upgrade\` would run`;
  const hint =
    "Do its work in a step before, and turn it off in the chart's values; or render with `helm template --no-hooks` in a step before, into a file for `manifests`.";
  return [{ origin: manifest.origin, message, hint }];
}

function momentsOf({ resource }: Manifest): readonly string[] {
  const text = resource.metadata.annotations?.[annotation] ?? "";
  return text
    .split(",")
    .map((moment) => moment.trim())
    .filter((moment) => moment !== "");
}
