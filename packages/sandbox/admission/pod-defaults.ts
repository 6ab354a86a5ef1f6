import { isList, isObject, type Json, type JsonObject } from "../json.ts";

/** What the server fills into a pod spec (kubernetes/pkg/apis/core/v1/defaults.go). */
export function withPodDefaults(spec: JsonObject): JsonObject {
  const account = spec.serviceAccountName;
  return {
    restartPolicy: "Always",
    terminationGracePeriodSeconds: 30,
    dnsPolicy: "ClusterFirst",
    schedulerName: "default-scheduler",
    securityContext: {},
    ...spec,
    ...(typeof account === "string" ? { serviceAccount: account } : {}),
    ...each(spec, "containers", withContainerDefaults),
    ...each(spec, "initContainers", withContainerDefaults),
    ...each(spec, "volumes", withVolumeDefaults),
  };
}

function withContainerDefaults(container: JsonObject): JsonObject {
  const image = typeof container.image === "string" ? container.image : "";
  return {
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    imagePullPolicy: isLatest(image) ? "Always" : "IfNotPresent",
    resources: {},
    ...container,
    ...each(container, "ports", (port) => ({ protocol: "TCP", ...port })),
    ...each(container, "env", withFieldReference),
    ...probes(container),
    ...hooks(container),
  };
}

function probes(container: JsonObject): JsonObject {
  const found = ["livenessProbe", "readinessProbe", "startupProbe"].flatMap((name) => {
    const probe = container[name];
    return isObject(probe) ? [[name, withProbeDefaults(probe)]] : [];
  });
  return Object.fromEntries(found);
}

function withProbeDefaults(probe: JsonObject): JsonObject {
  const http = probe.httpGet;
  return {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
    ...probe,
    ...(isObject(http) ? { httpGet: { path: "/", scheme: "HTTP", ...http } } : {}),
  };
}

function withFieldReference(variable: JsonObject): JsonObject {
  const source = variable.valueFrom;
  const field = isObject(source) ? source.fieldRef : undefined;
  if (!isObject(source) || !isObject(field)) return variable;
  return { ...variable, valueFrom: { ...source, fieldRef: { apiVersion: "v1", ...field } } };
}

function withVolumeDefaults(volume: JsonObject): JsonObject {
  const withMode = ["configMap", "secret", "projected", "downwardAPI"].flatMap((source) => {
    const value = volume[source];
    return isObject(value) ? [[source, { defaultMode: 420, ...value, ...each(value, "items", withFieldRef) }]] : [];
  });
  const sources = Object.keys(volume).filter((key) => key !== "name");
  return { ...volume, ...Object.fromEntries(withMode), ...(sources.length === 0 ? { emptyDir: {} } : {}) };
}

function withFieldRef(item: JsonObject): JsonObject {
  return isObject(item.fieldRef) ? { ...item, fieldRef: { apiVersion: "v1", ...item.fieldRef } } : item;
}

function hooks(container: JsonObject): JsonObject {
  const { lifecycle } = container;
  if (!isObject(lifecycle)) return {};
  const filled = Object.entries(lifecycle).map(([name, hook]) => {
    const http = isObject(hook) ? hook.httpGet : undefined;
    return [
      name,
      isObject(hook) && isObject(http) ? { ...hook, httpGet: { path: "/", scheme: "HTTP", ...http } } : hook,
    ];
  });
  return { lifecycle: Object.fromEntries(filled) };
}

function isLatest(image: string): boolean {
  const name = image.slice(image.lastIndexOf("/") + 1);
  return !image.includes("@") && (name.endsWith(":latest") || !name.includes(":"));
}

function each(parent: JsonObject, field: string, fill: (item: JsonObject) => JsonObject): JsonObject {
  const items: Json | undefined = parent[field];
  return isList(items) ? { [field]: items.map((item) => (isObject(item) ? fill(item) : item)) } : {};
}
