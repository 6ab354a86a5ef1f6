import {
  type Adoptee,
  type Adoption,
  adoptionOf,
  annotation,
  type Behind,
  colors,
  expendableReplicas,
} from "@cutover/release";
import type { Resource } from "../client/model.ts";
import type { Adopted } from "./adopted.ts";
import { keeperOf } from "./keepers.ts";
import {
  annotationOf,
  type Budget,
  type Deployment,
  isOwnedBy,
  type LabelSelector,
  type Labels,
  matches,
  type Pod,
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
    keeper: service === undefined ? undefined : keeperOf(service, "f:selector"),
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
    keeper: keeperOf(deployment, "f:spec"),
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
  const isBoth = (selects: (labels: Labels) => boolean) => selects(colored(value)) && previews.some(selects);
  const names = (found: readonly Resource[]) => found.map(({ metadata }) => metadata.name);
  return {
    autoscalers: names(
      autoscalers.filter(
        ({ spec: { scaleTargetRef: target } }) =>
          target.kind === "Deployment" && target.name === name && isBoth((one) => selects(selector, one)),
      ),
    ),
    budgets: names(
      budgets.filter(({ spec: { selector: wanted } }) => wanted !== undefined && isBoth((one) => selects(wanted, one))),
    ),
    services: names(
      services.filter(({ metadata, spec: { selector: wanted = {} } }) => {
        const isOther = metadata.name !== service && Object.keys(wanted).length > 0;
        return isOther && isBoth((one) => matches(wanted, one));
      }),
    ),
  };
}

/** As the API server reads a label selector; one that names nothing selects everything. */
function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    matches(matchLabels, labels) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const label = labels[key];
      if (operator === "In") return label !== undefined && values.includes(label);
      if (operator === "NotIn") return label === undefined || !values.includes(label);
      return (operator === "Exists") === (label !== undefined);
    })
  );
}
