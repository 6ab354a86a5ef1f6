import {
  annotation,
  type Color,
  colors,
  isColor,
  type Labels,
  otherColor,
  selects,
  selectsPlainly,
  slotName,
} from "@cutover/release";
import { isObject, isStringMap, updateAt, valueAt, valuesAt } from "./json.ts";
import { objectInvalid } from "./problem.ts";
import { type ConfigurationKind, referencedBy, sharedSecrets, withReferences } from "./references.ts";
import { isForBoth, type Manifest, type Resource } from "./resource.ts";
import type { ReleaseTarget } from "./target.ts";
import { onlyDeployment, podLabels } from "./workload.ts";

interface Context {
  target: ReleaseTarget;
  deployment: Manifest;
  podLabels: Labels;
  manifests: readonly Manifest[];
}

/**
 * One set of manifests made into the objects of one color: the Deployment, its configuration, its PodDisruptionBudgets,
 * autoscalers and preview Services get a name and labels per color, and all references follow. The rest stays as it is.
 * @throws `manifest-invalid` for what cannot be told apart by color.
 */
export function colorObjects(manifests: readonly Manifest[], target: ReleaseTarget): readonly Manifest[] {
  const deployment = onlyDeployment(manifests);
  const context = { target, deployment, podLabels: podLabels(deployment), manifests };
  return manifests.flatMap((manifest) => {
    return colored(manifest, context).map((resource) => ({ resource, origin: manifest.origin }));
  });
}

function colored(manifest: Manifest, context: Context): readonly Resource[] {
  const { resource } = manifest;
  const { kind } = resource;
  if (kind === "Deployment") return [coloredDeployment(manifest, context)];
  if (kind === "ConfigMap" || kind === "Secret") return coloredConfiguration(manifest, kind, context);
  if (kind === "Service") return [coloredService(resource, context)];
  if (kind === "PodDisruptionBudget") return [coloredBudget(resource, context)];
  if (kind === "Ingress" || kind === "HTTPRoute") refusePreviewBackends(manifest, context);
  return [coloredScaler(manifest, context)];
}

function coloredDeployment(manifest: Manifest, { target, manifests }: Context): Resource {
  const { color, colorLabel, deploymentPattern, service } = target;
  for (const path of ["metadata.labels", "spec.selector.matchLabels", "spec.template.metadata.labels"]) {
    refuseOtherMeaning(manifest, path, colorLabel);
  }
  const addColor = (labels: unknown) => ({ ...(isObject(labels) ? labels : {}), [colorLabel]: color });
  const name = slotName(deploymentPattern, service, color);
  let resource = named(manifest.resource, name, target);
  resource = updateAt(resource, "spec.selector", (selector) => {
    return isObject(selector) ? { ...selector, matchLabels: addColor(selector.matchLabels) } : selector;
  });
  resource = updateAt(resource, "spec.template.metadata.labels", addColor);
  for (const kind of ["ConfigMap", "Secret"] as const) {
    const own = new Set(
      manifests.filter(({ resource }) => resource.kind === kind).map(({ resource }) => resource.metadata.name),
    );
    const renamed = referencedBy(manifest.resource, kind);
    resource = withReferences(resource, kind, (old) => {
      return typeof old === "string" && own.has(old) && renamed.has(old) ? perColor(old, target) : old;
    });
  }
  return resource;
}

/** `environment: production` already means something; overwriting it would change what other selectors see. */
function refuseOtherMeaning(deployment: Manifest, path: string, colorLabel: string): void {
  const labels = valueAt(deployment.resource, path);
  const value = isStringMap(labels) ? labels[colorLabel] : undefined;
  if (value === undefined || isColor(value)) return;
  const hint = `Remove the label there, or choose another one with the input \`color-label\`.`;
  throw objectInvalid(deployment, `says ${colorLabel}: ${value} in ${path}, where the color would stand`, hint);
}

/** Of its own for each color, so that the new configuration never reaches the pods that serve. */
function coloredConfiguration(manifest: Manifest, kind: ConfigurationKind, context: Context): readonly Resource[] {
  const { resource } = manifest;
  const { name } = resource.metadata;
  if (!referencedBy(context.deployment.resource, kind).has(name)) return [resource];
  if (resource.immutable === true) {
    const hint = "Remove `immutable: true`: each color has its own copy, which the release after next writes again.";
    throw objectInvalid(manifest, "is immutable, and its copy of a color must change with each release", hint);
  }
  const others = context.manifests.map((other) => other.resource);
  const shared = kind === "Secret" && sharedSecrets(others).has(name);
  return [...(shared ? [resource] : []), named(resource, perColor(name, context.target), context.target)];
}

/** The Service that is switched keeps its name; another that selects these pods is a preview, one for each color. */
function coloredService(resource: Resource, { target, podLabels }: Context): Resource {
  const pinned = updateAt(resource, "spec.selector", (selector) => {
    return isObject(selector) ? { ...selector, [target.colorLabel]: target.color } : selector;
  });
  if (resource.metadata.name === target.service) return pinned;
  if (isForBoth(resource) || !selectsPods(resource, podLabels, target.colorLabel)) return resource;
  return named(pinned, perColor(resource.metadata.name, target), target);
}

function selectsPods(service: Resource, labels: Labels, colorLabel: string): boolean {
  const selector = valueAt(service, "spec.selector");
  if (!isStringMap(selector)) return false;
  const { [colorLabel]: _, ...withoutColor } = selector;
  return selectsPlainly(withoutColor, labels);
}

function coloredBudget(resource: Resource, { target, podLabels }: Context): Resource {
  const selector = valueAt(resource, "spec.selector");
  if (!selects(selector, podLabels)) return resource;
  const pinned = updateAt(resource, "spec.selector", (old) => {
    const matchLabels = isObject(old) && isObject(old.matchLabels) ? old.matchLabels : {};
    return { ...(isObject(old) ? old : {}), matchLabels: { ...matchLabels, [target.colorLabel]: target.color } };
  });
  return named(pinned, perColor(resource.metadata.name, target), target);
}

/** HorizontalPodAutoscaler and ScaledObject name what they scale in `scaleTargetRef`, VerticalPodAutoscaler in `targetRef`. */
function coloredScaler(manifest: Manifest, { target, deployment, manifests }: Context): Resource {
  const { resource } = manifest;
  const slotOf = (color: Color) => slotName(target.deploymentPattern, target.service, color);
  const path = scaledBy(resource, deployment.resource.metadata.name);
  if (path !== undefined) {
    const following = updateAt(resource, `${path}.name`, () => slotOf(target.color));
    return named(following, perColor(resource.metadata.name, target), target);
  }
  const scales = (one: Manifest, color: Color) => scaledBy(one.resource, slotOf(color)) !== undefined;
  const color = colors.find((one) => scales(manifest, one));
  if (color === undefined || manifests.some((one) => scales(one, otherColor(color)))) return resource;
  throw scalesOneColor(manifest, color, deployment);
}

/** Where this object says that it scales that Deployment, if it does. */
function scaledBy(resource: Resource, deployment: string): string | undefined {
  return ["spec.scaleTargetRef", "spec.targetRef"].find((path) => {
    const scaled = valueAt(resource, path);
    return isObject(scaled) && (scaled.kind ?? "Deployment") === "Deployment" && scaled.name === deployment;
  });
}

function scalesOneColor(scaler: Manifest, color: Color, { resource: { metadata } }: Manifest): Error {
  const other = otherColor(color);
  return objectInvalid(
    scaler,
    `scales the ${color} slot alone, so that nothing would scale ${other} once it has the traffic`,
    `Name Deployment ${metadata.name}, as the manifests do: each color gets an autoscaler of its own, which follows its slot.`,
  );
}

/** Where Ingresses and HTTPRoutes name the Services that they lead to. */
const backends = [
  "spec.defaultBackend.service.name",
  "spec.rules.*.http.paths.*.backend.service.name",
  "spec.rules.*.backendRefs.*.name",
];

function refusePreviewBackends(route: Manifest, { manifests, target, podLabels }: Context): void {
  const names = new Set(backends.flatMap((path) => valuesAt(route.resource, path)));
  const preview = manifests.find(({ resource }) => {
    const isPreview =
      !isForBoth(resource) &&
      resource.metadata.name !== target.service &&
      selectsPods(resource, podLabels, target.colorLabel);
    return resource.kind === "Service" && isPreview && names.has(resource.metadata.name);
  });
  if (!preview) return;
  const hint = `Send it to Service ${target.service}, which is the one that is switched, or keep this ${route.resource.kind} out of the release.`;
  const { name } = preview.resource.metadata;
  throw objectInvalid(route, `sends requests to Service ${name}, which is a preview and has a name per color`, hint);
}

function perColor(name: string, target: ReleaseTarget): string {
  return `${name}-${target.color}`;
}

function named(resource: Resource, name: string, { color, colorLabel }: ReleaseTarget): Resource {
  const { metadata } = resource;
  const labels = { ...metadata.labels, [colorLabel]: color };
  const annotations = { ...metadata.annotations, [annotation.source]: metadata.name };
  return { ...resource, metadata: { ...metadata, name, labels, annotations } };
}
