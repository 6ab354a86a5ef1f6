import { CutoverError } from "@cutover/release";
import type { Resource } from "../client/model.ts";
import { annotationOf } from "./kinds.ts";
import { describeOwner, type Owner, ownersOf } from "./owners.ts";

/** What writes back whatever others change, and how it is told to leave something alone. */
interface Keeper {
  name: string;
  /** Its field managers. */
  managers: RegExp;
  remedy(fields: readonly string[]): string;
}

const keepers: readonly Keeper[] = [
  {
    name: "Argo CD",
    managers: /^argocd/,
    // https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#respect-ignore-differences-configs
    remedy: (fields) =>
      `List ${pointers(fields)} in \`ignoreDifferences\` of its Application, with the sync option \`RespectIgnoreDifferences=true\`.`,
  },
  {
    name: "Flux",
    managers: /^kustomize-controller$/,
    // https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources
    remedy: (fields) =>
      `Take ${fields.join(" and ")} out of what its Kustomization applies, with the annotation \`kustomize.toolkit.fluxcd.io/ssa: Merge\`; or give the object \`kustomize.toolkit.fluxcd.io/ssa: IfNotPresent\`.`,
  },
  {
    name: "Flux",
    managers: /^helm-controller$/,
    // https://fluxcd.io/flux/components/helm/helmreleases/#ignore-rules
    remedy: (fields) =>
      `List ${pointers(fields)} in \`spec.driftDetection.ignore\` of its HelmRelease, and take the object out of the chart after \`helm.sh/resource-policy: keep\`: each upgrade writes the chart's values.`,
  },
  {
    name: "a GitOps controller",
    managers: /^(fleet|configsync|kapp)/,
    remedy: (fields) => `Take ${fields.join(" and ")} out of its hands.`,
  },
];

/** What a manager that keeps its objects as Git has them must be told of these fields; none for people's tools. */
export function remedyFor(manager: string, ...fields: readonly string[]): string | undefined {
  const paths = fields.map((field) => /^\.?(spec\.\w+)/.exec(field)?.[1] ?? field);
  return keepers.find(({ managers }) => managers.test(manager))?.remedy([...new Set(paths)]);
}

/** Fields of an object that GitOps holds. */
export interface Kept {
  /** `Service shop is kept by Argo CD (application shop): argocd-controller owns spec.selector` */
  what: string;
  remedy: string;
}

/** Which of these fields GitOps would write back; each as its path below the object. */
export function keptFields(object: Resource, paths: readonly (readonly string[])[]): Kept | undefined {
  if (isLeftAlone(object)) return undefined;
  for (const keeper of keepers) {
    const held = paths.filter((path) => ownerAmong(object, path, keeper) !== undefined);
    const [first] = held;
    const owner = first === undefined ? undefined : ownerAmong(object, first, keeper);
    if (owner === undefined) continue;
    const fields = held.map((path) => path.slice(0, 2).join("."));
    const { kind, metadata } = object;
    return {
      what: `${kind} ${metadata.name} is kept by ${keeper.name}${applicationOf(object)}: ${describeOwner(owner)} owns ${fields.join(" and ")}`,
      remedy: keeper.remedy(fields),
    };
  }
  return undefined;
}

/** @throws refused when GitOps keeps the images of this Deployment: it would undo the release at once. */
export function refuseKept(deployment: Resource): void {
  const kept = keptFields(deployment, [["spec", "template", "spec", "containers"]]);
  if (kept === undefined) return;
  throw new CutoverError("refused", `${kept.what}, and would undo new images at once`, {
    hint: `Release through its repository. Or: ${kept.remedy}`,
  });
}

function ownerAmong(object: Resource, path: readonly string[], { managers }: Keeper): Owner | undefined {
  return ownersOf(object, path).find(({ manager }) => managers.test(manager));
}

/** https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources */
function isLeftAlone(object: Resource): boolean {
  const policy = annotationOf(object, "kustomize.toolkit.fluxcd.io/ssa") ?? "";
  return (
    ["IfNotPresent", "Ignore"].includes(policy) ||
    annotationOf(object, "kustomize.toolkit.fluxcd.io/reconcile") === "disabled"
  );
}

/** The Application, Kustomization or HelmRelease whose mark the object bears, to look there. */
function applicationOf(object: Resource): string {
  const { labels = {} } = object.metadata;
  const [application] = annotationOf(object, "argocd.argoproj.io/tracking-id")?.split(":") ?? [];
  const named =
    application ??
    labels["argocd.argoproj.io/instance"] ??
    labels["kustomize.toolkit.fluxcd.io/name"] ??
    labels["helm.toolkit.fluxcd.io/name"];
  return named === undefined ? "" : ` (${named})`;
}

/** `/spec/selector and /spec/replicas` */
function pointers(fields: readonly string[]): string {
  return fields.map((field) => `/${field.replaceAll(".", "/")}`).join(" and ");
}
