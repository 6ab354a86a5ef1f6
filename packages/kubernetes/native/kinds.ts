import type { RollingUpdate } from "@cutover/release";
import type { Metadata, Ref, Resource } from "../client/model.ts";

export type Labels = Readonly<Record<string, string>>;

export interface Container {
  name: string;
  image: string;
  ports?: readonly { name?: string; containerPort: number; protocol?: string }[];
  readinessProbe?: {
    httpGet?: { path?: string; port: number | string; scheme?: string };
    periodSeconds?: number;
  } & Record<string, unknown>;
}

export interface PodTemplate {
  metadata?: Partial<Metadata>;
  spec: { containers: readonly Container[]; initContainers?: readonly Container[] } & Record<string, unknown>;
}

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastUpdateTime?: string;
  lastTransitionTime?: string;
}

export interface LabelSelector {
  matchLabels?: Labels;
  matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
}

export interface DeploymentSpec {
  replicas?: number;
  selector: LabelSelector;
  template: PodTemplate;
  paused?: boolean;
  strategy?: { type?: string; rollingUpdate?: RollingUpdate };
  readonly [field: string]: unknown;
}

export interface Deployment extends Resource {
  spec: DeploymentSpec;
  status?: { observedGeneration?: number; conditions?: readonly Condition[] };
}

export interface ReplicaSet extends Resource {
  spec: { template: PodTemplate };
  status?: { conditions?: readonly Condition[] };
}

export interface ContainerState {
  waiting?: { reason?: string; message?: string };
  terminated?: { reason?: string; exitCode?: number; message?: string; finishedAt?: string };
  running?: { startedAt?: string };
}

export interface ContainerStatus {
  name: string;
  image: string;
  ready: boolean;
  restartCount: number;
  state?: ContainerState;
  lastState?: ContainerState;
}

export interface Pod extends Resource {
  spec: {
    nodeName?: string;
    containers: readonly Container[];
    initContainers?: readonly Container[];
    terminationGracePeriodSeconds?: number;
  };
  status?: {
    phase?: string;
    /** Why it was evicted or ended as a whole. */
    reason?: string;
    message?: string;
    conditions?: readonly Condition[];
    containerStatuses?: readonly ContainerStatus[];
    initContainerStatuses?: readonly ContainerStatus[];
  };
}

export interface ServicePort {
  name?: string;
  port: number;
  targetPort?: number | string;
  protocol?: string;
  nodePort?: number;
}

export interface Service extends Resource {
  spec: {
    type?: string;
    selector?: Labels;
    ports?: readonly ServicePort[];
    publishNotReadyAddresses?: boolean;
    externalTrafficPolicy?: string;
    internalTrafficPolicy?: string;
  };
}

export interface EndpointSlice extends Resource {
  endpoints?: readonly {
    conditions?: { ready?: boolean };
    targetRef?: { kind?: string; name?: string; uid?: string };
  }[];
}

export interface Autoscaler extends Resource {
  spec: { minReplicas?: number; maxReplicas: number; scaleTargetRef: { kind: string; name: string } };
}

export interface Budget extends Resource {
  spec: { selector?: LabelSelector };
}

export interface ControllerRevision extends Resource {
  revision: number;
  data?: unknown;
}

export interface Lease extends Resource {
  spec?: {
    holderIdentity?: string | null;
    leaseDurationSeconds?: number;
    acquireTime?: string;
    renewTime?: string;
    leaseTransitions?: number;
  };
}

export interface EventRecord extends Resource {
  involvedObject: { kind?: string; name?: string; uid?: string };
  reason?: string;
  message?: string;
  type?: string;
  count?: number;
  lastTimestamp?: string | null;
  eventTime?: string | null;
}

export const apiVersions = {
  Service: "v1",
  Pod: "v1",
  Secret: "v1",
  Event: "v1",
  Deployment: "apps/v1",
  ReplicaSet: "apps/v1",
  ControllerRevision: "apps/v1",
  EndpointSlice: "discovery.k8s.io/v1",
  HorizontalPodAutoscaler: "autoscaling/v2",
  PodDisruptionBudget: "policy/v1",
  Lease: "coordination.k8s.io/v1",
} as const;

export type Kind = keyof typeof apiVersions;

export function refTo(kind: Kind, namespace: string, name: string): Ref {
  return { apiVersion: apiVersions[kind], kind, namespace, name };
}

interface Kinds {
  Service: Service;
  Pod: Pod;
  Secret: Resource;
  Event: EventRecord;
  Deployment: Deployment;
  ReplicaSet: ReplicaSet;
  ControllerRevision: ControllerRevision;
  EndpointSlice: EndpointSlice;
  HorizontalPodAutoscaler: Autoscaler;
  PodDisruptionBudget: Budget;
  Lease: Lease;
}

/** The object as its kind; the API server has validated its shape. */
export function as<K extends Kind>(kind: K, resource: Resource): Kinds[K] {
  if (resource.kind !== kind) throw new TypeError(`${resource.kind} ${resource.metadata.name} is no ${kind}`);
  return resource as Kinds[K];
}

/** `Service shop` */
export function nameOf({ kind, metadata: { name } }: Resource): string {
  return `${kind} ${name}`;
}

export function annotationOf(resource: Resource | undefined, name: string): string | undefined {
  return resource?.metadata.annotations?.[name];
}

/** A whole number from an annotation; `undefined` when it is missing or something else. */
export function numberOf(resource: Resource | undefined, name: string): number | undefined {
  const text = annotationOf(resource, name);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

export function isOwnedBy(resource: Resource, uid: string | undefined): boolean {
  return uid !== undefined && (resource.metadata.ownerReferences ?? []).some((owner) => owner.uid === uid);
}

export function matches(selector: Labels, labels: Labels | undefined): boolean {
  return Object.entries(selector).every(([key, value]) => labels?.[key] === value);
}
