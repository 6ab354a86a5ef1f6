import { type Adoption, annotation, type Color, CutoverError, colors } from "@cutover/release";
import type { Collection, Resource } from "../client/model.ts";
import { type Adopted, isAdopted, isToBeAdopted, readAdopted } from "./adopted.ts";
import { adoptionFrom } from "./behind.ts";
import {
  type Autoscaler,
  apiVersions,
  as,
  type ControllerRevision,
  type Deployment,
  type EndpointSlice,
  type Kind,
  type Labels,
  type Pod,
  type ReplicaSet,
  refTo,
  type Service,
} from "./kinds.ts";
import { recordedService } from "./revisions.ts";
import type { Setting } from "./setting.ts";

/** Everything that one look at a service reads, raw. */
export interface Snapshot {
  service: Service | undefined;
  deployments: Readonly<Record<Color, Deployment | undefined>>;
  replicaSets: readonly ReplicaSet[];
  pods: readonly Pod[];
  slices: readonly EndpointSlice[];
  autoscalers: readonly Autoscaler[];
  revisions: readonly ControllerRevision[];
  /** What was taken over, or, with `adoption`, is to be. */
  adopted?: Adopted | undefined;
  /** Of a Service that selects no color. */
  adoption?: Adoption | undefined;
}

type Known = Partial<Pick<Snapshot, "service" | "deployments">>;

/**
 * Reads it all at once; quorum reads, never from a cache.
 * @param known what the claim's own answers tell already
 */
export async function takeSnapshot(setting: Setting, known: Known = {}): Promise<Snapshot> {
  const { deployments } = setting;
  const read = reader(setting);
  const service = known.service ?? (await read.found("Service", setting.service));
  const taken = await takenOver(setting, service, known);
  if (isToBeAdopted(service, setting, taken?.adopted)) return await takeWideSnapshot(setting, service);
  const listHistory = () => read.listed("ControllerRevision", { labelSelector: revisionSelector(setting) });
  const history = service === undefined ? await listHistory() : [];
  const adopted = taken?.adopted;
  const labelSelector = podSelector(setting, { service, revisions: history, adopted });
  const slot = async (color: Color) =>
    known.deployments?.[color] ??
    (adopted?.color === color ? taken?.live : await read.found("Deployment", deployments[color]));
  const [blue, green, replicaSets, pods, slices, autoscalers, revisions] = await Promise.all([
    slot("blue"),
    slot("green"),
    read.listed("ReplicaSet", { labelSelector }),
    read.listed("Pod", { labelSelector }),
    read.listed("EndpointSlice", { labelSelector: sliceSelector(setting) }),
    read.listed("HorizontalPodAutoscaler"),
    service === undefined ? history : listHistory(),
  ]);
  return { service, deployments: { blue, green }, replicaSets, pods, slices, autoscalers, revisions, adopted };
}

function reader({ client, namespace }: Setting) {
  return {
    found: async <K extends Kind>(kind: K, name: string) => {
      const resource = await client.find(refTo(kind, namespace, name));
      return resource === undefined ? undefined : as(kind, resource);
    },
    listed: async <K extends Kind>(kind: K, narrowed: Partial<Collection> = {}) => {
      const { items } = await client.list({ ...collectionOf(kind, namespace), ...narrowed });
      return items.map((item) => as(kind, item));
    },
  };
}

/** The Deployment that the Service says was taken over, if it still is that one. */
async function takenOver(
  setting: Setting,
  service: Service | undefined,
  known: Known,
): Promise<{ adopted: Adopted; live: Deployment } | undefined> {
  const adopted = readAdopted(service);
  if (adopted === undefined) return undefined;
  const { color, deployment } = adopted;
  const live = known.deployments?.[color] ?? (await reader(setting).found("Deployment", deployment));
  return live?.metadata.name === deployment && isAdopted(live, color) ? { adopted, live } : undefined;
}

/** Of a Service that is to be taken over: whatever it sends to, and whatever else in its namespace looks at the same pods. */
async function takeWideSnapshot(setting: Setting, service: Service): Promise<Snapshot> {
  const { listed } = reader(setting);
  const labelSelector = podSelector(setting, { service, revisions: [], adopted: undefined });
  const [deployments, services, budgets, replicaSets, pods, slices, autoscalers, revisions] = await Promise.all([
    listed("Deployment"),
    listed("Service"),
    listed("PodDisruptionBudget"),
    listed("ReplicaSet", { labelSelector }),
    listed("Pod", { labelSelector }),
    listed("EndpointSlice", { labelSelector: sliceSelector(setting) }),
    listed("HorizontalPodAutoscaler"),
    listed("ControllerRevision", { labelSelector: revisionSelector(setting) }),
  ]);
  const seen = { service, replicaSets, pods, slices, autoscalers, revisions };
  const { deployment, ...found } = adoptionFrom(seen, { deployments, services, budgets }, setting);
  const named = (name: string) => deployments.find(({ metadata }) => metadata.name === name);
  const slots = { blue: named(setting.deployments.blue), green: named(setting.deployments.green) };
  const slot = deployment === undefined ? {} : { [found.adoption.color]: deployment };
  return { ...seen, ...found, deployments: { ...slots, ...slot } };
}

function noService({ service, namespace }: Setting): CutoverError {
  return new CutoverError("not-found", `Service ${service} does not exist in namespace ${namespace}`, {
    hint: "Set `service` and `namespace` to the Service that traffic comes through, or put it into `manifests`.",
  });
}

/** The Service before it exists: as the manifests have it, or as those of the newest revision had it. */
function futureService({ source }: Setting, revisions: readonly ControllerRevision[]): Resource | undefined {
  if (source.kind === "manifests") return source.rendered.blue.service;
  const [newest] = revisions.toSorted((a, b) => b.revision - a.revision);
  return recordedService(newest, "blue");
}

export function collectionOf(kind: Kind, namespace: string): Collection {
  return { apiVersion: apiVersions[kind], kind, namespace };
}

/**
 * Every pod that the Service could select in either color.
 * @throws not-found for a Service that neither exists nor is going to
 */
export function podSelector(
  setting: Setting,
  { service, revisions, adopted }: Pick<Snapshot, "service" | "revisions" | "adopted">,
): string {
  const { colorLabel } = setting;
  const template = service ?? futureService(setting, revisions);
  if (template === undefined) throw noService(setting);
  const selector = as("Service", template).spec.selector ?? {};
  const shared = Object.entries(selector as Labels).filter(([key]) => key !== colorLabel);
  const terms = shared.map(([key, value]) => `${key}=${value}`);
  // What has no color yet is what a Service without one sends to.
  if (isToBeAdopted(service, setting, adopted)) return terms.join(",");
  const values = new Set([...colors, ...(adopted === undefined ? [] : [adopted.value])]);
  return [...terms, `${colorLabel} in (${[...values].join(",")})`].join(",");
}

export function sliceSelector({ service }: Setting): string {
  return `kubernetes.io/service-name=${service},endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io`;
}

/** History entries carry this label and no label of the application. */
export function revisionSelector({ service }: Setting): string {
  return `${annotation.service}=${service}`;
}
