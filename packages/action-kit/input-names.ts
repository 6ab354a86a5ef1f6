import {
  formatImageReference,
  fullRepository,
  isDnsLabel,
  isDnsSubdomain,
  isLabelKey,
  isSlotPattern,
  parseImageReference,
} from "@cutover/release";
import { nonEmpty, words } from "./input-lists.ts";
import { inputOf, Refusal } from "./vocabulary.ts";

/** A name by RFC 1123: a `label` (Services, namespaces: 63 characters) or a `subdomain` (Deployments: dots, 253). */
export function kubernetesName(kind: "label" | "subdomain" = "label") {
  const isName = kind === "label" ? isDnsLabel : isDnsSubdomain;
  const form = { expected: "a Kubernetes name (small letters, digits and dashes)", type: "name" };
  return inputOf(form, (text) => (isName(text) ? text : undefined));
}

/** Names by RFC 1123 (`label`), one a line or by commas; each once, in the order given. */
export function kubernetesNames() {
  const form = { expected: "Kubernetes names (small letters, digits and dashes), one a line", type: "names" };
  return inputOf(form, (text) => {
    const names = words(text);
    if (names === undefined || !names.every(isDnsLabel)) return undefined;
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    return twice === undefined ? names : new Refusal(`expected each name once, and ${twice} comes twice`);
  });
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

/**
 * Images, one a line, by what they replace: `container=reference`, `repository=reference`, or a reference alone, which
 * stands for its own repository. A key with a slash is a repository; one without may be either.
 */
export function imageAssignments() {
  const form = {
    expected: "lines of container=reference or repository:tag, such as app=registry.example/shop@sha256:…",
    type: "lines of `container=reference` or `reference`",
  };
  return inputOf(form, (text) => {
    const images = new Map<string, string>();
    for (const line of nonEmpty(text.split("\n")) ?? []) {
      const assigned = imageAssignment(line);
      if (assigned instanceof Refusal) return assigned;
      if (images.has(assigned.key)) return new Refusal(`expected each image once, and ${assigned.key} comes twice`);
      images.set(assigned.key, assigned.image);
    }
    return images.size === 0 ? undefined : Object.fromEntries(images);
  });
}

const exampleImage = "registry.example/shop@sha256:…";

function imageAssignment(line: string): { key: string; image: string } | Refusal {
  const [image = "", key] = line
    .split(/=(.*)/, 2)
    .map((part) => part.trim())
    .toReversed();
  const reference = parseImageReference(image);
  if (reference === undefined)
    return new Refusal(`expected an image reference${key === undefined ? "" : ` for ${key}`}, such as ${exampleImage}`);
  if (key !== undefined && isDnsLabel(key)) return { key, image };
  if (reference.tag === undefined && reference.digest === undefined)
    return new Refusal(`expected a tag or a digest after ${image}: without one nothing says which image is meant`);
  const replaced = key === undefined ? { ...reference, tag: undefined, digest: undefined } : parseImageReference(key);
  if (replaced === undefined || replaced.tag !== undefined || replaced.digest !== undefined)
    return new Refusal(`expected a container or a repository without tag before the =, and "${key}" is neither`);
  // Written in full where it could be taken for a container.
  const name = formatImageReference(replaced);
  return { key: name.includes("/") ? name : fullRepository(replaced), image };
}
