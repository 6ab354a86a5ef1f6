import { isDnsLabel, isDnsSubdomain, isLabelKey, isSlotPattern, parseImageReference } from "@cutover/release";
import { pairs } from "./input-lists.ts";
import { inputOf, Refusal } from "./vocabulary.ts";

/** A name by RFC 1123: a `label` (Services, namespaces: 63 characters) or a `subdomain` (Deployments: dots, 253). */
export function kubernetesName(kind: "label" | "subdomain" = "label") {
  const isName = kind === "label" ? isDnsLabel : isDnsSubdomain;
  const form = { expected: "a Kubernetes name (small letters, digits and dashes)", type: "name" };
  return inputOf(form, (text) => (isName(text) ? text : undefined));
}

/** The key of a label, such as `color` or `app.kubernetes.io/version`. */
export function labelKey() {
  const form = { expected: "a label key such as color or example.com/color", type: "label key" };
  return inputOf(form, (text) => (isLabelKey(text) ? text : undefined));
}

/** Name of a slot's Deployment: a pattern with `{color}`, and `{service}` if wanted. */
export function namePattern() {
  const form = { expected: "a name pattern with {color}, such as {service}-{color}", type: "name pattern" };
  return inputOf(form, (text) => (isSlotPattern(text) ? text : undefined));
}

/** An image reference, as the user wrote it. */
export function imageReference() {
  const form = { expected: "an image reference such as registry.example/shop@sha256:…", type: "image reference" };
  return inputOf(form, (text) => (parseImageReference(text) === undefined ? undefined : text));
}

/** Lines of `container=reference`, as references by container. */
export function imageAssignments() {
  const form = {
    expected: "lines of container=reference, such as app=registry.example/shop@sha256:…",
    type: "lines of `container=reference`",
  };
  return inputOf(form, (text) => {
    const images = pairs(text);
    if (images === undefined || images instanceof Refusal) return images;
    for (const [container, reference] of Object.entries(images)) {
      if (!isDnsLabel(container)) return new Refusal(`expected ${form.expected}; "${container}" names no container`);
      if (parseImageReference(reference) === undefined)
        return new Refusal(`expected an image reference for ${container}, such as registry.example/shop@sha256:…`);
    }
    return images;
  });
}
