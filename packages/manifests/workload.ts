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
  const [first, ...more] = manifests.filter(({ resource }) => resource.kind === "Deployment");
  if (!first) {
    throw unsuitable(
      "the manifests hold no Deployment",
      "Name the file with the service's Deployment in `manifests`, or leave `manifests` empty to change only images.",
    );
  }
  if (more.length > 0) {
    const all = [first, ...more].map(({ resource, origin }) => `${resource.metadata.name} (${place(origin)})`);
    throw unsuitable(
      `the manifests hold several Deployments, and each color of a Service is one: ${all.join(", ")}`,
      "Those that a Service sends to are released as a `service` each, with manifests of their own. Others, such as workers, are applied in a step of their own; what must move with the pods goes into them as a container.",
    );
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
