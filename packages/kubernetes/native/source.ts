import { createHash } from "node:crypto";
import { annotation, type Color, canonicalJson, chooseImages, type Images, otherColor } from "@cutover/release";
import type { Resource } from "../client/model.ts";
import type { Deployment, DeploymentSpec, PodTemplate } from "./kinds.ts";

/** What manifests ask for in one slot. */
export interface Rendered {
  /** The switched Service as the manifests want it; applied by the switch only. */
  service?: Resource;
  deployment: Resource;
  /** Everything but the switched Service, in the order to apply it, the Deployment among it. */
  objects: readonly Resource[];
  images: Images;
  hash: string;
}

/** Where a release comes from. */
export type Source =
  | { kind: "manifests"; rendered: Readonly<Record<Color, Rendered>> }
  /** New images on the Deployments that exist. */
  | { kind: "images"; images: Images }
  /** A rollback: whatever the history holds. */
  | { kind: "history" };

export function imagesOf(template: PodTemplate | undefined): Images {
  const containers = [...(template?.spec.initContainers ?? []), ...(template?.spec.containers ?? [])];
  return Object.fromEntries(containers.map((container) => [container.name, container.image]));
}

/**
 * What a slot is to hold when only images are given: its own Deployment with these images, or, where it has been deleted,
 * the other slot's in its color.
 * @throws input-invalid for an image that no container there is for, not-found where neither slot exists.
 */
export function specWithImages(
  color: Color,
  {
    deployments,
    images,
    colorLabel,
  }: { deployments: Readonly<Record<Color, Deployment | undefined>>; images: Images; colorLabel: string },
): DeploymentSpec | undefined {
  const own = deployments[color];
  const model = own ?? deployments[otherColor(color)];
  if (model === undefined) return undefined;
  const chosen = chooseImages(images, Object.entries(imagesOf(model.spec.template)), model.metadata.name);
  const set = <T extends { name: string; image: string }>(container: T): T => ({
    ...container,
    image: chosen[container.name] ?? container.image,
  });
  const { initContainers, containers, ...rest } = model.spec.template.spec;
  const spec = {
    ...rest,
    ...(initContainers === undefined ? {} : { initContainers: initContainers.map(set) }),
    containers: containers.map(set),
  };
  const replaced: DeploymentSpec = { ...model.spec, template: { ...withoutHash(model.spec.template), spec } };
  return own === undefined ? recolored(replaced, colorLabel, color) : replaced;
}

/** The same Deployment in the other slot's color. */
export function recolored(spec: DeploymentSpec, colorLabel: string, color: Color): DeploymentSpec {
  const { template, selector } = spec;
  const labels = { ...template.metadata?.labels, [colorLabel]: color };
  return {
    ...spec,
    selector: { ...selector, matchLabels: { ...selector.matchLabels, [colorLabel]: color } },
    template: { ...template, metadata: { ...template.metadata, labels } },
  };
}

/** What a template carries, whatever its color: 16 hex digits of a SHA-256. */
export function hashOfTemplate(template: PodTemplate, colorLabel: string): string {
  const { [colorLabel]: _color, ...labels } = template.metadata?.labels ?? {};
  const annotations = { ...withoutHash(template).metadata?.annotations };
  const neutral = { labels, annotations, spec: template.spec };
  return createHash("sha256").update(canonicalJson(neutral)).digest("hex").slice(0, 16);
}

/** The template as text that equal templates share; a ReplicaSet's differs from its Deployment's by one label. */
export function canonicalTemplate(template: PodTemplate): string {
  const known = canonical.get(template);
  if (known !== undefined) return known;
  const { metadata, spec } = template;
  const { "pod-template-hash": _hash, ...labels } = metadata?.labels ?? {};
  const text = canonicalJson({ labels, annotations: { ...metadata?.annotations }, spec });
  canonical.set(template, text);
  return text;
}

/** Every look at the cluster asks for the same templates again. */
const canonical = new WeakMap<PodTemplate, string>();

/** A template that no longer follows the manifests must not say that it does. */
function withoutHash(template: PodTemplate): PodTemplate {
  const { [annotation.hash]: hash, ...annotations } = template.metadata?.annotations ?? {};
  return hash === undefined ? template : { ...template, metadata: { ...template.metadata, annotations } };
}
