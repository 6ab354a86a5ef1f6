import { type Adoption, annotation, type Color, CutoverError, colors } from "@cutover/release";
import type { Collection, Resource, ResourceList } from "../client/model.ts";
import { type Adopted, isAdopted, isToBeAdopted, readAdopted } from "./adopted.ts";
import { adoptionFrom, isTorn } from "./behind.ts";
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

type Known = Partial<Pick<Snapshot, "service" | "deployments" | "autoscalers">>;

/**
 * Reads it all at once; quorum reads, never from a cache.
 * @param known what was read just now, or the claim's own answers tell already
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
    known.autoscalers ?? read.listed("HorizontalPodAutoscaler"),
    service === undefined ? history : listHistory(),
  ]);
  return { service, deployments: { blue, green }, replicaSets, pods, slices, autoscalers, revisions, adopted };
}

function reader(setting: Setting) {
  const { client, namespace } = setting;
  return {
    found: async <K extends Kind>(kind: K, name: string) => {
      const resource = await client.find(refTo(kind, namespace, name));
      return resource === undefined ? undefined : as(kind, resource);
    },
    listed: <K extends Kind>(kind: K, narrowed: Partial<Collection> = {}) => listOf(kind, setting, narrowed),
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
  const [{ replicaSets, pods }, deployments, services, budgets, slices, autoscalers, revisions] = await Promise.all([
    listedPods(setting, labelSelector),
    listed("Deployment"),
    listed("Service"),
    listed("PodDisruptionBudget"),
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

/** Times that pods and ReplicaSets are listed until they go together: in a rolling update, one list may come much later than the other. */
const attempts = 3;

async function listedPods(setting: Setting, labelSelector: string): Promise<Pick<Snapshot, "pods" | "replicaSets">> {
  const { listed } = reader(setting);
  for (let attempt = 1; ; attempt++) {
    const lists = [listed("ReplicaSet", { labelSelector }), listed("Pod", { labelSelector })] as const;
    const [replicaSets, pods] = await Promise.all(lists);
    if (attempt === attempts || !isTorn({ pods, replicaSets })) return { pods, replicaSets };
  }
}

/** The pods and endpoints of a snapshot, read anew. */
export async function readTraffic(setting: Setting, snapshot: Snapshot): Promise<Snapshot> {
  const [pods, slices] = await Promise.all([
    listOf("Pod", setting, { labelSelector: podSelector(setting, snapshot) }),
    listOf("EndpointSlice", setting, { labelSelector: sliceSelector(setting) }),
  ]);
  return { ...snapshot, pods, slices };
}

/** The resourceVersions of lists, by what they held. */
const versions = new WeakMap<readonly Resource[], string>();

async function listOf<K extends Kind>(kind: K, { client, namespace }: Setting, narrowed: Partial<Collection>) {
  const { resourceVersion, items } = await client.list({ ...collectionOf(kind, namespace), ...narrowed });
  const typed = items.map((item) => as(kind, item));
  versions.set(typed, resourceVersion);
  return typed;
}

/** The list that these objects of a snapshot came by; nothing where they came otherwise. */
export function asListed(items: readonly Resource[]): ResourceList | undefined {
  const resourceVersion = versions.get(items);
  return resourceVersion === undefined ? undefined : { resourceVersion, items };
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
export function podSelector(setting: Setting, snapshot: Selecting): string {
  const terms = Object.entries(sharedLabels(setting, snapshot)).map(([key, value]) => `${key}=${value}`);
  const { service, adopted } = snapshot;
  // What has no color yet is what a Service without one sends to.
  if (isToBeAdopted(service, setting, adopted)) return terms.join(",");
  return [...terms, ofEitherColor(setting, adopted)].join(",");
}

type Selecting = Pick<Snapshot, "service" | "revisions" | "adopted">;

/** What the Service selects but for the color. @throws not-found for a Service that neither exists nor is going to */
export function sharedLabels(setting: Setting, { service, revisions }: Selecting): Labels {
  const template = service ?? futureService(setting, revisions);
  if (template === undefined) throw noService(setting);
  const { [setting.colorLabel]: _color, ...shared } = as("Service", template).spec.selector ?? {};
  return shared;
}

export function ofEitherColor({ colorLabel }: Setting, adopted?: Adopted): string {
  const values = new Set([...colors, ...(adopted === undefined ? [] : [adopted.value])]);
  return `${colorLabel} in (${[...values].join(",")})`;
}

/** The label that says whose slice it is, and those slices that node proxies go by. */
export const serviceNameLabel = "kubernetes.io/service-name";
export const managedSlices = "endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io";

export function sliceSelector({ service }: Setting): string {
  return `${serviceNameLabel}=${service},${managedSlices}`;
}

/** History entries carry this label and no label of the application. */
export function revisionSelector({ service }: Setting): string {
  return `${annotation.service}=${service}`;
}
