import { at, isList, isObject, type Json, type JsonObject, objectAt, withValue } from "../json.ts";
import type { KindName } from "../kinds.ts";
import { withBehavior } from "./autoscaler-defaults.ts";
import { withCronJobDefaults, withJobDefaults } from "./batch-defaults.ts";
import { withPodDefaults } from "./pod-defaults.ts";

/** The object with the defaults that the server decodes into it, before anyone owns a field. */
export function withDefaults(kind: KindName, object: JsonObject): JsonObject {
  const fill = defaults[kind];
  return fill === undefined ? object : fill(object);
}

const defaults: Partial<Record<KindName, (object: JsonObject) => JsonObject>> = {
  Deployment: (object) => withSpec(object, deploymentSpec),
  ReplicaSet: (object) => withSpec(object, (spec) => withTemplate({ replicas: 1, ...spec })),
  Pod: (object) => withSpec(object, (spec) => requested(withPodDefaults({ enableServiceLinks: true, ...spec }))),
  Job: (object) => withSpec(object, withJobDefaults),
  CronJob: (object) => withSpec(object, withCronJobDefaults),
  Service: (object) => withSpec(object, serviceSpec),
  LimitRange: (object) => withSpec(object, limits),
  Namespace: (object) =>
    withValue(object, ["metadata", "labels", "kubernetes.io/metadata.name"], at(object, "metadata", "name")),
  EndpointSlice: endpointPorts,
  Secret: (object) => secretData({ type: "Opaque", ...object }),
  HorizontalPodAutoscaler: (object) => withSpec(object, autoscalerSpec),
};

/** What a container of a pod may use it also asks for, unless it asks for something else. */
function requested(spec: JsonObject): JsonObject {
  const containers = isList(spec.containers) ? spec.containers : [];
  const asked = containers.map((container) => {
    const limits = objectAt(container, "resources", "limits");
    if (!isObject(container) || Object.keys(limits).length === 0) return container;
    return withValue(container, ["resources", "requests"], {
      ...limits,
      ...objectAt(container, "resources", "requests"),
    });
  });
  return isList(spec.containers) ? { ...spec, containers: asked } : spec;
}

function withSpec(object: JsonObject, fill: (spec: JsonObject) => JsonObject): JsonObject {
  return { ...object, spec: fill(objectAt(object, "spec")) };
}

function deploymentSpec(spec: JsonObject): JsonObject {
  const strategy = { type: "RollingUpdate", ...objectAt(spec, "strategy") };
  const rolling = { maxUnavailable: "25%", maxSurge: "25%", ...objectAt(strategy, "rollingUpdate") };
  return {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    ...withTemplate(spec),
    strategy: strategy.type === "RollingUpdate" ? { ...strategy, rollingUpdate: rolling } : strategy,
  };
}

function withTemplate(spec: JsonObject): JsonObject {
  const template = objectAt(spec, "template");
  const filled = { metadata: {}, ...template, spec: withPodDefaults(objectAt(template, "spec")) };
  return { ...spec, template: filled };
}

function serviceSpec(spec: JsonObject): JsonObject {
  const ports = spec.ports;
  const type = spec.type ?? "ClusterIP";
  const external = type === "NodePort" || type === "LoadBalancer";
  return {
    sessionAffinity: "None",
    ...(spec.sessionAffinity === "ClientIP" ? { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } } } : {}),
    type,
    ...(type === "ExternalName" ? {} : { internalTrafficPolicy: "Cluster" }),
    ...(external ? { externalTrafficPolicy: "Cluster" } : {}),
    ...(type === "LoadBalancer" ? { allocateLoadBalancerNodePorts: true } : {}),
    ...spec,
    ...(isList(ports) ? { ports: ports.map(servicePort) } : {}),
  };
}

function autoscalerSpec(spec: JsonObject): JsonObject {
  const target = { type: "Utilization", averageUtilization: 80 };
  const metrics = [{ type: "Resource", resource: { name: "cpu", target } }];
  return { metrics, minReplicas: 1, ...spec, ...withBehavior(spec.behavior) };
}

/** What a container may have at most is what it gets, and what it gets is what it asks for. */
function limits(spec: JsonObject): JsonObject {
  if (!isList(spec.limits)) return spec;
  const filled = spec.limits.map((item) => {
    if (!isObject(item) || item.type !== "Container") return item;
    const own = { ...objectAt(item, "max"), ...objectAt(item, "default") };
    const request = { ...objectAt(item, "min"), ...own, ...objectAt(item, "defaultRequest") };
    return { ...item, default: own, defaultRequest: request };
  });
  return { ...spec, limits: filled };
}

function endpointPorts(slice: JsonObject): JsonObject {
  const { ports } = slice;
  if (!isList(ports)) return slice;
  return { ...slice, ports: ports.map((port) => (isObject(port) ? { name: "", protocol: "TCP", ...port } : port)) };
}

function servicePort(port: Json): Json {
  if (!isObject(port)) return port;
  return { protocol: "TCP", ...port, targetPort: port.targetPort || port.port };
}

function secretData(secret: JsonObject): JsonObject {
  const { stringData, ...rest } = secret;
  if (!isObject(stringData)) return secret;
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString("base64"),
  ]);
  return { ...rest, data: { ...objectAt(secret, "data"), ...Object.fromEntries(encoded) } };
}
