import { isList, isObject, type Json, type JsonObject, objectAt } from "../json.ts";
import type { Store } from "../store.ts";
import type { Container, Pod } from "../workloads.ts";
import type { Environment } from "./image-behavior.ts";

/** The container asks for what there is not; its message is the kubelet's. */
export class ConfigError extends Error {}

/**
 * The variables of a container (kubernetes/pkg/kubelet/kubelet_pods.go, makeEnvironmentVariables).
 * @throws ConfigError
 */
export function environmentOf(store: Store, pod: Pod, container: Container): Environment {
  const variables: Record<string, string> = {};
  for (const source of objects(container.envFrom)) {
    const prefix = typeof source.prefix === "string" ? source.prefix : "";
    for (const [key, value] of Object.entries(allOf(store, pod, source))) variables[prefix + key] = value;
  }
  for (const variable of objects(container.env)) {
    const value = variableValue(variable, { store, pod, variables });
    if (value !== undefined) variables[String(variable.name)] = value;
  }
  return variables;
}

/** What a ConfigMap or Secret holds; `undefined` if it does not exist. */
export function contentOf(
  store: Store,
  kind: "ConfigMap" | "Secret",
  { namespace, name }: { namespace: string | undefined; name: string },
): Environment | undefined {
  const object = store.get(kind, namespace, name);
  if (object === undefined) return undefined;
  const entries = Object.entries(objectAt(object, "data")).map(([key, value]): [string, string] => {
    return [key, kind === "Secret" ? Buffer.from(String(value), "base64").toString() : String(value)];
  });
  return Object.fromEntries(entries);
}

function allOf(store: Store, pod: Pod, source: JsonObject): Environment {
  const kind = source.configMapRef === undefined ? "Secret" : "ConfigMap";
  const { name, optional } = objectAt(source, kind === "Secret" ? "secretRef" : "configMapRef");
  const content = contentOf(store, kind, { namespace: pod.metadata.namespace, name: String(name) });
  if (content === undefined && optional !== true) throw missing(kind, name);
  return content ?? {};
}

function variableValue(
  { value, valueFrom }: JsonObject,
  { store, pod, variables }: { store: Store; pod: Pod; variables: Environment },
): string | undefined {
  if (!isObject(valueFrom)) {
    return String(value ?? "").replace(/\$\(([\w.-]+)\)/g, (text, name: string) => variables[name] ?? text);
  }
  if (valueFrom.fieldRef !== undefined) return fieldOf(pod, String(objectAt(valueFrom, "fieldRef").fieldPath));
  if (valueFrom.resourceFieldRef !== undefined) return "0";
  const kind = valueFrom.configMapKeyRef === undefined ? "Secret" : "ConfigMap";
  const { name, key, optional } = objectAt(valueFrom, kind === "Secret" ? "secretKeyRef" : "configMapKeyRef");
  const content = contentOf(store, kind, { namespace: pod.metadata.namespace, name: String(name) });
  const found = content?.[String(key)];
  if (found !== undefined || optional === true) return found;
  if (content === undefined) throw missing(kind, name);
  throw new ConfigError(`couldn't find key ${String(key)} in ${kind} ${pod.metadata.namespace}/${String(name)}`);
}

function fieldOf({ metadata, spec, status }: Pod, path: string): string {
  const [, map, key = ""] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (map === "labels") return metadata.labels?.[key] ?? "";
  if (map === "annotations") return metadata.annotations?.[key] ?? "";
  const fields: Readonly<Record<string, string | undefined>> = {
    "metadata.name": metadata.name,
    "metadata.namespace": metadata.namespace,
    "metadata.uid": metadata.uid,
    "spec.nodeName": spec.nodeName,
    "spec.serviceAccountName": spec.serviceAccountName,
    "status.podIP": status.podIP,
  };
  return fields[path] ?? "";
}

function missing(kind: "ConfigMap" | "Secret", name: Json | undefined): ConfigError {
  return new ConfigError(`${kind.toLowerCase()} "${String(name)}" not found`);
}

function objects(list: Json | undefined): JsonObject[] {
  return isList(list) ? list.filter(isObject) : [];
}
