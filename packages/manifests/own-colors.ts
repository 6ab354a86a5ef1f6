import { isColor, otherColor, selects, selectsPlainly, slotName } from "@cutover/release";
import { isStringMap, valueAt } from "./json.ts";
import { objectInvalid } from "./problem.ts";
import { isForBoth, type Manifest } from "./resource.ts";
import type { ReleaseTarget } from "./target.ts";
import { onlyDeployment, podLabels } from "./workload.ts";

/**
 * Manifests that their authors wrote per color are taken as they are, and checked.
 * @throws `manifest-invalid` where blue and green could not be told apart.
 */
export function checkOwnColors(
  manifests: readonly Manifest[],
  target: ReleaseTarget,
  otherManifests: readonly Manifest[],
): readonly Manifest[] {
  const deployment = onlyDeployment(manifests);
  checkName(deployment, target);
  checkLabel(deployment, target);
  checkSelector(deployment, onlyDeployment(otherManifests), target);
  for (const manifest of manifests) {
    if (manifest.resource.kind === "Service") checkService(manifest, deployment, target);
  }
  return manifests.map((manifest) => withActiveColor(manifest, target));
}

function checkName(deployment: Manifest, { deploymentPattern, service, color }: ReleaseTarget): void {
  const expected = slotName(deploymentPattern, service, color);
  if (deployment.resource.metadata.name === expected) return;
  const hint = `Rename it, or set the input \`deployment\` to the pattern of your names (now ${deploymentPattern}).`;
  throw objectInvalid(deployment, `stands where the ${color} Deployment ${expected} is expected`, hint);
}

function checkLabel(deployment: Manifest, { color, colorLabel }: ReleaseTarget): void {
  const value = podLabels(deployment)[colorLabel];
  if (value === color) return;
  const has = value === undefined ? `no label ${colorLabel}` : `the label ${colorLabel}: ${value}`;
  const hint = `Set ${colorLabel}: ${color} in spec.template.metadata.labels, or name your label with the input \`color-label\`.`;
  throw objectInvalid(
    deployment,
    `gives its pods ${has}, and the Service is switched by ${colorLabel}: ${color}`,
    hint,
  );
}

/** Two Deployments that select each other's pods fight over them. */
function checkSelector(deployment: Manifest, other: Manifest, { color, colorLabel }: ReleaseTarget): void {
  if (!selects(valueAt(deployment.resource, "spec.selector"), podLabels(other))) return;
  const hint = `Add ${colorLabel}: ${color} to spec.selector.matchLabels. The selector of a live Deployment cannot change: delete the idle one first.`;
  throw objectInvalid(deployment, `selects the ${otherColor(color)} pods too`, hint);
}

function checkService(
  service: Manifest,
  deployment: Manifest,
  { colorLabel, color, service: switched }: ReleaseTarget,
): void {
  const selector = valueAt(service.resource, "spec.selector");
  if (!isStringMap(selector) || service.resource.metadata.name === switched || isForBoth(service.resource)) return;
  const { [colorLabel]: own, ...shared } = selector;
  if (own === color || !selectsPlainly(shared, podLabels(deployment))) return;
  const hint = `Add ${colorLabel}: ${color} to its selector: a preview Service selects the pods of its own color only.`;
  const selected = isColor(own) ? `the ${own} pods from the ${color} manifests` : "the pods of both colors";
  throw objectInvalid(service, `selects ${selected}, so it would reach a release before it is proved`, hint);
}

/** The Service in the files may name the color that was active when they were written. */
function withActiveColor(manifest: Manifest, { service, color, colorLabel }: ReleaseTarget): Manifest {
  const { resource } = manifest;
  if (resource.kind !== "Service" || resource.metadata.name !== service) return manifest;
  const { spec } = resource;
  const selector = valueAt(resource, "spec.selector");
  if (!isStringMap(selector) || typeof spec !== "object") return manifest;
  return { ...manifest, resource: { ...resource, spec: { ...spec, selector: { ...selector, [colorLabel]: color } } } };
}
