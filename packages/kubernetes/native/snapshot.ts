import { annotation, type Color, CutoverError, colors } from "@cutover/release";
import type { Collection, Resource } from "../client/model.ts";
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
}

/**
 * Reads it all at once; quorum reads, never from a cache.
 * @param known what the claim's own answers tell already
 */
export async function takeSnapshot(
  setting: Setting,
  known: Partial<Pick<Snapshot, "service" | "deployments">> = {},
): Promise<Snapshot> {
  const { client, namespace } = setting;
  const found = async <K extends Kind>(kind: K, name: string) => {
    const resource = await client.find(refTo(kind, namespace, name));
    return resource === undefined ? undefined : as(kind, resource);
  };
  const listed = async <K extends Kind>(kind: K, narrowed: Partial<Collection> = {}) => {
    const { items } = await client.list({ ...collectionOf(kind, namespace), ...narrowed });
    return items.map((item) => as(kind, item));
  };
  const service = known.service ?? (await found("Service", setting.service));
  const listHistory = () => listed("ControllerRevision", { labelSelector: revisionSelector(setting) });
  const history = service === undefined ? await listHistory() : [];
  const labelSelector = podSelector(setting, { service, revisions: history });
  const [blue, green, replicaSets, pods, slices, autoscalers, revisions] = await Promise.all([
    known.deployments?.blue ?? found("Deployment", setting.deployments.blue),
    known.deployments?.green ?? found("Deployment", setting.deployments.green),
    listed("ReplicaSet", { labelSelector }),
    listed("Pod", { labelSelector }),
    listed("EndpointSlice", { labelSelector: sliceSelector(setting) }),
    listed("HorizontalPodAutoscaler"),
    service === undefined ? history : listHistory(),
  ]);
  return { service, deployments: { blue, green }, replicaSets, pods, slices, autoscalers, revisions };
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
export function podSelector(setting: Setting, { service, revisions }: Pick<Snapshot, "service" | "revisions">): string {
  const { colorLabel } = setting;
  const template = service ?? futureService(setting, revisions);
  if (template === undefined) throw noService(setting);
  const selector = as("Service", template).spec.selector ?? {};
  const shared = Object.entries(selector as Labels).filter(([key]) => key !== colorLabel);
  return [...shared.map(([key, value]) => `${key}=${value}`), `${colorLabel} in (${colors.join(",")})`].join(",");
}

export function sliceSelector({ service }: Setting): string {
  return `kubernetes.io/service-name=${service},endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io`;
}

/** History entries carry this label and no label of the application. */
export function revisionSelector({ service }: Setting): string {
  return `${annotation.service}=${service}`;
}
