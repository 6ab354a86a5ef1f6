import { annotation, type Images, otherColor, selectsPlainly } from "@cutover/release";
import { colorObjects } from "./color-objects.ts";
import { contentHash } from "./hash.ts";
import { imagesOf, withImages } from "./images.ts";
import { byText, isObject, isStringMap, updateAt, valueAt, valuesAt } from "./json.ts";
import { inApplyOrder } from "./order.ts";
import { checkOwnColors } from "./own-colors.ts";
import { objectInvalid } from "./problem.ts";
import type { ManifestSet } from "./read.ts";
import { identity, type Manifest, place, type Resource } from "./resource.ts";
import { intoNamespace } from "./scope.ts";
import type { ReleaseTarget } from "./target.ts";
import { onlyDeployment, podLabels } from "./workload.ts";

/** A release as it is applied to one color. */
export interface RenderedRelease {
  /** The Service that is switched, its selector naming the color: for the switch itself, never before. */
  service?: Resource;
  deployment: Resource;
  /** Everything but the switched Service, in apply order, the Deployment among it. */
  objects: readonly Resource[];
  /** What each container runs, init containers too. */
  images: Images;
  /** 16 hex digits over all objects and the Service; also on the pod template, so that any change makes new pods. */
  hash: string;
}

/**
 * The objects of one release in one color.
 * @throws `manifest-invalid` for objects that cannot be released by color, `input-invalid` for images that match no container.
 */
export function renderRelease(set: ManifestSet, target: ReleaseTarget): RenderedRelease {
  const colored = coloredManifests(set, target);
  refuseSameNames(colored);
  const deployment = onlyDeployment(colored);
  const service = colored.find(({ resource }) => isSwitched(resource, target));
  if (service) checkService(service, deployment);
  const released = colored.map(({ resource }) =>
    resource === deployment.resource ? withImages(resource, target.images) : resource,
  );
  const hash = contentHash(released.toSorted(byIdentity));
  const stamped = released.map((resource) => (resource.kind === "Deployment" ? withHash(resource, hash) : resource));
  const objects = inApplyOrder(stamped.filter((resource) => !isSwitched(resource, target)));
  const workload = stamped.find((resource) => resource.kind === "Deployment") ?? deployment.resource;
  return {
    ...(service ? { service: service.resource } : {}),
    deployment: workload,
    objects,
    images: imagesOf(workload),
    hash,
  };
}

function coloredManifests(set: ManifestSet, target: ReleaseTarget): readonly Manifest[] {
  const { perColor, shared } = set;
  const local = (manifests: readonly Manifest[]) =>
    manifests.map((manifest) => intoNamespace(manifest, target.namespace));
  if (!perColor) return colorObjects(local(shared), target);
  const own = local([...shared, ...perColor[target.color]]);
  return checkOwnColors(own, target, local([...shared, ...perColor[otherColor(target.color)]]));
}

function isSwitched(resource: Resource, target: ReleaseTarget): boolean {
  return resource.kind === "Service" && resource.metadata.name === target.service;
}

function checkService(service: Manifest, deployment: Manifest): void {
  const selector = valueAt(service.resource, "spec.selector");
  if (valueAt(service.resource, "spec.type") === "ExternalName" || !isStringMap(selector)) {
    throw objectInvalid(
      service,
      "selects no pods, so there is nothing to switch",
      "Give it spec.selector with the labels of the pods.",
    );
  }
  checkPorts(service, deployment);
  if (selectsPlainly(selector, podLabels(deployment))) return;
  const missing = Object.entries(selector).filter(([name, value]) => podLabels(deployment)[name] !== value);
  const wanted = missing.map(([name, value]) => `${name}: ${value}`).join(", ");
  const hint = `Add ${wanted} to spec.template.metadata.labels of the Deployment, or take it out of the Service's selector.`;
  throw objectInvalid(service, `would select no pod of Deployment ${deployment.resource.metadata.name}`, hint);
}

/** A port by name that no container has is a port without endpoints. */
function checkPorts(service: Manifest, deployment: Manifest): void {
  const { name } = deployment.resource.metadata;
  const lists = ["containers", "initContainers"];
  const known = lists.flatMap((list) => valuesAt(deployment.resource, `spec.template.spec.${list}.*.ports.*.name`));
  const wanted = valuesAt(service.resource, "spec.ports.*.targetPort").filter((port) => typeof port === "string");
  const missing = wanted.find((port) => !known.includes(port));
  if (missing === undefined) return;
  const names = known.length === 0 ? "none has a name" : `they have ${known.join(", ")}`;
  const hint = `Name the port in the container (ports: [{ name: ${missing}, containerPort: … }]), or give the Service its number.`;
  throw objectInvalid(
    service,
    `sends to port ${missing}, which no container of Deployment ${name} has: ${names}`,
    hint,
  );
}

function refuseSameNames(manifests: readonly Manifest[]): void {
  const seen = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const first = seen.get(identity(manifest.resource));
    if (first) {
      const hint = "Names per color end in -blue or -green; rename the object that has such a name already.";
      throw objectInvalid(manifest, `has the same name as the one at ${place(first.origin)}`, hint);
    }
    seen.set(identity(manifest.resource), manifest);
  }
}

function withHash(deployment: Resource, hash: string): Resource {
  return updateAt(deployment, "spec.template.metadata", (metadata) => {
    const old = isObject(metadata) ? metadata : {};
    return { ...old, annotations: { ...(isObject(old.annotations) ? old.annotations : {}), [annotation.hash]: hash } };
  });
}

function byIdentity(one: Resource, other: Resource): number {
  return byText(identity(one), identity(other));
}
