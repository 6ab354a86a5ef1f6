import {
  type Adoptee,
  type Adoption,
  adoptionOf,
  annotation,
  type Behind,
  colors,
  expendableReplicas,
  selects,
  selectsPlainly,
} from "@cutover/release";
import type { Resource } from "../client/model.ts";
import type { Adopted } from "./adopted.ts";
import { keptFields } from "./keepers.ts";
import {
  annotationOf,
  apiVersions,
  as,
  type Budget,
  type Deployment,
  isOwnedBy,
  type Labels,
  matches,
  type Pod,
  refTo,
  type Service,
} from "./kinds.ts";
import { isReadyPod, replicaSetOf } from "./observe.ts";
import type { Setting } from "./setting.ts";
import type { Snapshot } from "./snapshot.ts";

/** What is read besides of a Service that is to be taken over: everything in its namespace that may look at the same pods. */
export interface Surroundings {
  deployments: readonly Deployment[];
  services: readonly Service[];
  budgets: readonly Budget[];
}

/** How the Service is taken over, or why it cannot be. */
export function adoptionFrom(
  snapshot: Pick<Snapshot, "service" | "pods" | "replicaSets" | "autoscalers">,
  around: Surroundings,
  setting: Setting,
): { adoption: Adoption; adopted: Adopted | undefined; deployment: Deployment | undefined } {
  const { service } = snapshot;
  const { colorLabel } = setting;
  const selector = service?.spec.selector ?? {};
  const pods = snapshot.pods.filter((pod) => isServing(pod) && matches(selector, pod.metadata.labels));
  const owners = pods.map((pod) => ownerOf(pod, snapshot, around));
  const behind = around.deployments.filter(({ metadata: { uid } }) => owners.some((owner) => owner.uid === uid));
  const [one] = behind;
  const facts: Behind = {
    service: setting.service,
    selector,
    colorLabel,
    kept: service === undefined ? undefined : keptFields(service, [["spec", "selector"]])?.what,
    adoptees: behind.map((deployment) => adopteeOf(deployment, snapshot)),
    others: owners.filter(({ uid }) => !behind.some(({ metadata }) => metadata.uid === uid)),
    slots: setting.deployments,
    taken: around.deployments.map(({ metadata }) => metadata.name).filter((name) => name !== one?.metadata.name),
    ...(one === undefined
      ? { autoscalers: [], budgets: [], services: [] }
      : onlookers(one, { snapshot, around, setting })),
  };
  const adoption = adoptionOf(facts);
  const isOne = behind.length === 1 && one !== undefined;
  const value = one?.spec.template.metadata?.labels?.[colorLabel] ?? adoption.color;
  const isNamed = one?.metadata.name === setting.deployments[adoption.color] && value === adoption.color;
  const isMarked = annotationOf(one, annotation.adopted) === adoption.color;
  return {
    adoption,
    deployment: isOne ? one : undefined,
    adopted:
      isOne && !(isNamed && adoption.missing === "nothing" && !isMarked)
        ? { deployment: one.metadata.name, color: adoption.color, value }
        : undefined,
  };
}

/** Whether the two were read so far apart that nobody can say whose some of the pods are. */
export function isTorn({ pods, replicaSets }: Pick<Snapshot, "pods" | "replicaSets">): boolean {
  const known = new Set(replicaSets.map(({ metadata }) => metadata.uid));
  const owners = pods.filter(isServing).map(controllerOf);
  return owners.some((owner) => owner?.kind === "ReplicaSet" && !known.has(owner.uid));
}

/**
 * What runs behind a Service: the Deployments of its slots or, before it is taken over, those whose pods it sends to in any
 * color, as no name says so.
 */
export async function deploymentsBehind(
  { client, namespace, service, colorLabel }: Pick<Setting, "client" | "namespace" | "service" | "colorLabel">,
  slots: readonly string[],
): Promise<readonly Deployment[]> {
  const { items } = await client.list({ apiVersion: apiVersions.Deployment, kind: "Deployment", namespace });
  const named = items.filter(({ metadata }) => slots.includes(metadata.name));
  if (named.length > 0) return named.map((item) => as("Deployment", item));
  const found = await client.find(refTo("Service", namespace, service));
  const { [colorLabel]: _color, ...shared } = found === undefined ? {} : (as("Service", found).spec.selector ?? {});
  const all = items.map((item) => as("Deployment", item));
  return all.filter(({ spec }) => selectsPlainly(shared, spec.template.metadata?.labels ?? {}));
}

/** Pods that have ended get no traffic, whatever they carry. */
function isServing({ status, metadata }: Pod): boolean {
  return metadata.deletionTimestamp === undefined && status?.phase !== "Succeeded" && status?.phase !== "Failed";
}

interface Owner {
  kind: string;
  name: string;
  uid: string | undefined;
}

/** Whoever would replace the pod: a Deployment behind its ReplicaSet, another controller, or nobody but itself. */
function ownerOf(pod: Pod, { replicaSets }: Pick<Snapshot, "replicaSets">, { deployments }: Surroundings): Owner {
  const owner = controllerOf(pod);
  if (owner === undefined) return { kind: "Pod", name: pod.metadata.name, uid: pod.metadata.uid };
  const replicaSet = replicaSets.find(({ metadata }) => metadata.uid === owner.uid);
  const deployment = deployments.find(
    ({ metadata }) => replicaSet !== undefined && isOwnedBy(replicaSet, metadata.uid),
  );
  return deployment === undefined
    ? owner
    : { kind: "Deployment", name: deployment.metadata.name, uid: deployment.metadata.uid };
}

function controllerOf({ metadata: { ownerReferences = [] } }: Resource): Owner | undefined {
  const owner = ownerReferences.find(({ controller }) => controller === true);
  return owner === undefined ? undefined : { kind: owner.kind, name: owner.name, uid: owner.uid };
}

function adopteeOf(deployment: Deployment, snapshot: Pick<Snapshot, "service" | "pods" | "replicaSets">): Adoptee {
  const { replicas = 1, strategy, template, selector, paused } = deployment.spec;
  const { uid, name } = deployment.metadata;
  const current = replicaSetOf(deployment, snapshot.replicaSets);
  const own = snapshot.replicaSets.filter((one) => isOwnedBy(one, uid)).map((one) => one.metadata.uid);
  const ready = snapshot.pods.filter((pod) => isReadyPod(pod) && own.some((one) => isOwnedBy(pod, one)));
  const ofCurrent = ready.filter((pod) => isOwnedBy(pod, current));
  return {
    name,
    replicas,
    ready: ofCurrent.length,
    settled: ofCurrent.length === ready.length,
    paused: paused === true,
    expendable: expendableReplicas(replicas, strategy?.rollingUpdate),
    recreates: strategy?.type === "Recreate",
    selector: selector.matchLabels ?? {},
    labels: template.metadata?.labels ?? {},
    adopted: annotationOf(deployment, annotation.adopted) !== undefined,
    kept: keptFields(deployment, [["spec", "template"]])?.what,
  };
}

interface Scene {
  snapshot: Pick<Snapshot, "service" | "autoscalers">;
  around: Surroundings;
  setting: Setting;
}

/** Whatever takes the pods of the Deployment and those of a preview, which carry the same labels and another color, for the same. */
function onlookers(
  { metadata: { name }, spec: { template, selector } }: Deployment,
  { snapshot: { autoscalers }, around: { services, budgets }, setting: { service, colorLabel } }: Scene,
): Pick<Behind, "autoscalers" | "budgets" | "services"> {
  const { labels = {} } = template.metadata ?? {};
  const value = labels[colorLabel] ?? colors[0];
  const colored = (color: string): Labels => ({ ...labels, [colorLabel]: color });
  const previews = colors.filter((color) => color !== value).map(colored);
  const isBoth = (isSeen: (labels: Labels) => boolean) => isSeen(colored(value)) && previews.some(isSeen);
  const names = (found: readonly Resource[]) => found.map(({ metadata }) => metadata.name);
  return {
    autoscalers: names(
      autoscalers.filter(
        ({ spec: { scaleTargetRef: target } }) =>
          target.kind === "Deployment" && target.name === name && isBoth((one) => selects(selector, one)),
      ),
    ),
    budgets: names(
      budgets.filter(({ spec: { selector: wanted } }) => {
        const isOfAll = wanted !== undefined && Object.keys(wanted).length === 0;
        return isOfAll || isBoth((one) => selects(wanted, one));
      }),
    ),
    services: names(
      services.filter((one) => {
        const isOther = one.metadata.name !== service && annotationOf(one, annotation.colors) !== "both";
        return isOther && isBoth((labels) => selectsPlainly(one.spec.selector, labels));
      }),
    ),
  };
}
