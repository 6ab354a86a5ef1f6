import { type Labels, selects } from "@cutover/release";
import { isObject, isStringMap, valueAt } from "./json.ts";
import { objectInvalid, unsuitable } from "./problem.ts";
import { type Manifest, place } from "./resource.ts";

/** The labels that a Deployment gives its pods. */
export function podLabels(deployment: Manifest): Labels {
  const labels = valueAt(deployment.resource, "spec.template.metadata.labels");
  return isStringMap(labels) ? labels : {};
}

/** The one Deployment of a release. @throws `manifest-invalid` for none, for several, and for one whose own parts do not fit together. */
export function onlyDeployment(manifests: readonly Manifest[]): Manifest {
  const [first, second] = manifests.filter(({ resource }) => resource.kind === "Deployment");
  if (!first) {
    throw unsuitable(
      "the manifests hold no Deployment",
      "Name the file with the service's Deployment in `manifests`, or leave `manifests` empty to change only images.",
    );
  }
  if (second) {
    const message = `the manifests hold several Deployments, at ${place(first.origin)} and ${place(second.origin)}`;
    throw unsuitable(message, "One release moves one Deployment for now; release the others in steps of their own.");
  }
  check(first);
  return first;
}

function check(deployment: Manifest): void {
  const containers = valueAt(deployment.resource, "spec.template.spec.containers");
  if (!Array.isArray(containers) || containers.length === 0 || !containers.every(isNamed)) {
    throw objectInvalid(deployment, "has no containers with names", "List them in spec.template.spec.containers.");
  }
  if (!selects(valueAt(deployment.resource, "spec.selector"), podLabels(deployment))) {
    const hint = "Every label in spec.selector.matchLabels must stand in spec.template.metadata.labels too.";
    throw objectInvalid(deployment, "does not select the pods of its own template", hint);
  }
  if (valueAt(deployment.resource, "spec.paused") === true) {
    throw objectInvalid(deployment, "is paused, so its pods would never be made", "Remove spec.paused.");
  }
}

function isNamed(container: unknown): boolean {
  return isObject(container) && typeof container.name === "string" && container.name !== "";
}
