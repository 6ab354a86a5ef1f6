import type { KindName } from "../kinds.ts";
import { metadata, podSpec, podTemplate } from "./pod-schema.ts";
import {
  always,
  any,
  atomic,
  flag,
  keyed,
  listOf,
  mapOf,
  type Schema,
  type Struct,
  struct,
  text,
  whole,
} from "./schema.ts";

const condition = struct({
  type: text,
  status: text,
  reason: text,
  message: text,
  observedGeneration: whole,
  lastProbeTime: any,
  lastTransitionTime: any,
  lastUpdateTime: any,
});
const conditions = keyed(["type"], condition);
const selector = atomic(struct({ matchLabels: mapOf(text), matchExpressions: listOf(any) }));

const counts = {
  observedGeneration: whole,
  replicas: whole,
  readyReplicas: whole,
  availableReplicas: whole,
  terminatingReplicas: whole,
  conditions,
};

const deployment = {
  spec: always(
    struct({
      replicas: whole,
      selector,
      template: podTemplate,
      strategy: always(struct({ type: text, rollingUpdate: struct({ maxSurge: any, maxUnavailable: any }) })),
      minReadySeconds: whole,
      revisionHistoryLimit: whole,
      paused: flag,
      progressDeadlineSeconds: whole,
    }),
  ),
  status: always(struct({ ...counts, updatedReplicas: whole, unavailableReplicas: whole, collisionCount: whole })),
};

const replicaSet = {
  spec: always(struct({ replicas: whole, minReadySeconds: whole, selector, template: podTemplate })),
  status: always(struct({ ...counts, fullyLabeledReplicas: whole })),
};

const podStatus = {
  observedGeneration: whole,
  phase: text,
  conditions,
  message: text,
  reason: text,
  nominatedNodeName: text,
  hostIP: text,
  hostIPs: listOf(any),
  podIP: text,
  podIPs: keyed(["ip"], struct({ ip: text })),
  startTime: any,
  initContainerStatuses: listOf(any),
  containerStatuses: listOf(any),
  qosClass: text,
};

const service = {
  spec: always(
    struct({
      ports: keyed(
        ["port", "protocol"],
        struct({ name: text, protocol: text, appProtocol: text, port: whole, targetPort: any, nodePort: whole }),
      ),
      selector: atomic(mapOf(text)),
      clusterIP: text,
      clusterIPs: listOf(text),
      type: text,
      externalIPs: listOf(text),
      sessionAffinity: text,
      loadBalancerIP: text,
      loadBalancerSourceRanges: listOf(text),
      externalName: text,
      externalTrafficPolicy: text,
      healthCheckNodePort: whole,
      publishNotReadyAddresses: flag,
      sessionAffinityConfig: any,
      ipFamilies: listOf(text),
      ipFamilyPolicy: text,
      allocateLoadBalancerNodePorts: flag,
      loadBalancerClass: text,
      internalTrafficPolicy: text,
      trafficDistribution: text,
    }),
  ),
  status: always(struct({ loadBalancer: any, conditions })),
};

const leaseFields =
  "acquireTime leaseTransitions renewTime strategy preferredHolder holderIdentity leaseDurationSeconds";
const lease = struct({
  ...Object.fromEntries(leaseFields.split(" ").map((field) => [field, any])),
  holderIdentity: text,
  leaseDurationSeconds: whole,
  leaseTransitions: whole,
});

const fields: Readonly<Record<KindName, Readonly<Record<string, Schema>>>> = {
  Namespace: { spec: any, status: any },
  Node: { spec: any, status: any },
  Service: service,
  Pod: { spec: always(podSpec), status: always(struct(podStatus)) },
  ConfigMap: { data: mapOf(text), binaryData: mapOf(text), immutable: flag },
  Secret: { data: mapOf(text), stringData: mapOf(text), type: text, immutable: flag },
  Event: Object.fromEntries(
    "involvedObject reason message source firstTimestamp lastTimestamp count type eventTime series action related reportingComponent reportingInstance"
      .split(" ")
      .map((field) => [field, any]),
  ),
  ServiceAccount: { secrets: any, imagePullSecrets: any, automountServiceAccountToken: flag },
  Deployment: deployment,
  ReplicaSet: replicaSet,
  ControllerRevision: { data: atomic(mapOf(any)), revision: whole },
  EndpointSlice: { addressType: text, endpoints: listOf(any), ports: listOf(any) },
  Lease: { spec: always(lease) },
  HorizontalPodAutoscaler: {
    spec: always(
      struct({
        scaleTargetRef: always(struct({ apiVersion: text, kind: text, name: text })),
        minReplicas: whole,
        maxReplicas: whole,
        metrics: listOf(any),
        behavior: any,
      }),
    ),
    status: any,
  },
  PodDisruptionBudget: {
    spec: always(struct({ minAvailable: any, maxUnavailable: any, selector, unhealthyPodEvictionPolicy: text })),
    status: any,
  },
  ResourceQuota: { spec: any, status: any },
  LimitRange: { spec: any },
  StatefulSet: { spec: any, status: any },
  DaemonSet: { spec: any, status: any },
  Job: { spec: any, status: any },
  CronJob: { spec: any, status: any },
};

const schemas = new Map(
  Object.entries(fields).map(([kind, own]): [string, Struct] => [
    kind,
    struct({ apiVersion: text, kind: text, metadata: always(metadata), ...own }),
  ]),
);

/** The fields of a kind. */
export function schemaOf(kind: KindName): Struct {
  return schemas.get(kind) ?? struct({});
}
