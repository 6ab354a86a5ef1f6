import type { ApiObject } from "./api-object.ts";
import type { HorizontalPodAutoscaler, PodDisruptionBudget } from "./autoscaling.ts";
import type { CronJob, Job } from "./batch.ts";
import type { EndpointSlice, Service } from "./networking.ts";
import type { Deployment, Pod, ReplicaSet } from "./workloads.ts";

/** The stored kinds whose fields the sandbox itself reads; validation on write keeps them in this shape. */
export interface ObjectsByKind {
  Namespace: ApiObject;
  Node: ApiObject;
  Service: Service;
  Pod: Pod;
  ConfigMap: ApiObject;
  Secret: ApiObject;
  Event: ApiObject;
  ServiceAccount: ApiObject;
  Deployment: Deployment;
  ReplicaSet: ReplicaSet;
  ControllerRevision: ApiObject;
  EndpointSlice: EndpointSlice;
  Lease: ApiObject;
  HorizontalPodAutoscaler: HorizontalPodAutoscaler;
  PodDisruptionBudget: PodDisruptionBudget;
  Ingress: ApiObject;
  ResourceQuota: ApiObject;
  LimitRange: ApiObject;
  StatefulSet: ApiObject;
  DaemonSet: ApiObject;
  Job: Job;
  CronJob: CronJob;
}

export type KindName = keyof ObjectsByKind;

/** How a kind is served. */
export interface Kind {
  readonly name: KindName;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly shortNames?: readonly string[];
  /** Whether `kubectl get all` shows it. */
  readonly inAll?: boolean;
  /** Served below an object, such as `scale`. */
  readonly subresources: readonly string[];
  /** Whether `metadata.generation` counts changes of the spec. */
  readonly counted?: boolean;
  /** Whether a PUT must name the resourceVersion that it replaces. */
  readonly conditional?: boolean;
}

const core = { group: "", version: "v1", namespaced: true, subresources: [] } as const;
const apps = { group: "apps", version: "v1", namespaced: true, counted: true, inAll: true } as const;
const batch = { group: "batch", version: "v1", namespaced: true, counted: true, inAll: true } as const;
const status = ["status"];
const scalable = ["status", "scale"];
const podSubresources = ["status", "log", "exec", "attach", "proxy", "portforward", "eviction"];

export const kinds: readonly Kind[] = [
  { ...core, name: "Namespace", plural: "namespaces", namespaced: false, shortNames: ["ns"], subresources: status },
  { ...core, name: "Node", plural: "nodes", namespaced: false, shortNames: ["no"], subresources: status },
  { ...core, name: "Service", plural: "services", shortNames: ["svc"], subresources: ["status", "proxy"], inAll: true },
  {
    ...core,
    name: "Pod",
    plural: "pods",
    shortNames: ["po"],
    subresources: podSubresources,
    counted: true,
    inAll: true,
  },
  { ...core, name: "ConfigMap", plural: "configmaps", shortNames: ["cm"] },
  { ...core, name: "Secret", plural: "secrets" },
  { ...core, name: "Event", plural: "events", shortNames: ["ev"] },
  { ...core, name: "ServiceAccount", plural: "serviceaccounts", shortNames: ["sa"] },
  { ...core, name: "ResourceQuota", plural: "resourcequotas", shortNames: ["quota"], subresources: status },
  { ...core, name: "LimitRange", plural: "limitranges", shortNames: ["limits"] },
  { ...apps, name: "Deployment", plural: "deployments", shortNames: ["deploy"], subresources: scalable },
  { ...apps, name: "ReplicaSet", plural: "replicasets", shortNames: ["rs"], subresources: scalable },
  { ...apps, name: "StatefulSet", plural: "statefulsets", shortNames: ["sts"], subresources: scalable },
  { ...apps, name: "DaemonSet", plural: "daemonsets", shortNames: ["ds"], subresources: status },
  { ...core, name: "ControllerRevision", group: "apps", plural: "controllerrevisions" },
  { ...batch, name: "Job", plural: "jobs", subresources: status },
  { ...batch, name: "CronJob", plural: "cronjobs", shortNames: ["cj"], subresources: status },
  { ...core, name: "EndpointSlice", group: "discovery.k8s.io", plural: "endpointslices", counted: true },
  { ...core, name: "Lease", group: "coordination.k8s.io", plural: "leases", conditional: true },
  {
    ...core,
    name: "HorizontalPodAutoscaler",
    group: "autoscaling",
    version: "v2",
    plural: "horizontalpodautoscalers",
    shortNames: ["hpa"],
    subresources: status,
    inAll: true,
  },
  {
    ...core,
    name: "PodDisruptionBudget",
    group: "policy",
    plural: "poddisruptionbudgets",
    shortNames: ["pdb"],
    subresources: status,
    counted: true,
  },
  {
    ...core,
    name: "Ingress",
    group: "networking.k8s.io",
    plural: "ingresses",
    shortNames: ["ing"],
    subresources: status,
    counted: true,
  },
];

export function kindNamed(name: KindName): Kind {
  const kind = kinds.find((candidate) => candidate.name === name);
  if (kind === undefined) throw new Error(`no kind ${name}`);
  return kind;
}

export function kindServedAs(group: string, version: string, plural: string): Kind | undefined {
  return kinds.find((kind) => kind.group === group && kind.version === version && kind.plural === plural);
}

/** `v1` or `apps/v1`. */
export function apiVersionOf(kind: Kind): string {
  return kind.group === "" ? kind.version : `${kind.group}/${kind.version}`;
}

/** `pods` or `deployments.apps`, as in error messages. */
export function resourceOf(kind: Kind): string {
  return kind.group === "" ? kind.plural : `${kind.plural}.${kind.group}`;
}

/** `Pod` or `Deployment.apps`, as in validation messages. */
export function qualifiedKind(kind: Kind): string {
  return kind.group === "" ? kind.name : `${kind.name}.${kind.group}`;
}
