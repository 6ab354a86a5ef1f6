import { annotation } from "@cutover/release";
import { byText, isObject } from "./json.ts";

/** What every Kubernetes object has of `metadata`; fields not named here are kept as they are. */
export interface Metadata {
  name: string;
  namespace?: string;
  labels?: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
}

/** Any Kubernetes object, as plain JSON. */
export interface Resource {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  readonly [field: string]: unknown;
}

/** Where an object was written, for messages: `k8s/app.yaml:12`. */
export interface Origin {
  file: string;
  /** Counted from 1. */
  line: number;
}

/** An object and where it came from. */
export interface Manifest {
  resource: Resource;
  origin: Origin;
}

/** `k8s/app.yaml:12`. */
export function place(origin: Origin): string {
  return `${origin.file}:${origin.line}`;
}

/** What two objects must not share: API group (not version), kind and name. */
export function identity(resource: Resource): string {
  const group = resource.apiVersion.includes("/") ? resource.apiVersion.replace(/\/.*$/, "") : "";
  return `${group}/${resource.kind}/${resource.metadata.name}`;
}

/** Whether its author says that a Service is meant to reach both colors, such as for metrics. */
export function isForBoth({ metadata: { annotations } }: Resource): boolean {
  return annotations?.[annotation.colors] === "both";
}

/** One line for logs: kind and name, and of Secrets and ConfigMaps the keys, never a value. */
export function describeObject(resource: Resource): string {
  const name = `${resource.kind} ${resource.metadata.name}`;
  if (resource.kind !== "Secret" && resource.kind !== "ConfigMap") return name;
  const keys = ["data", "stringData", "binaryData"].flatMap((field) => keysOf(resource[field]));
  return `${name} (${keys.length === 0 ? "no keys" : [...new Set(keys)].sort(byText).join(", ")})`;
}

/** The object with each value of a Secret replaced by a mark, so that it may be shown; other kinds unchanged. */
export function hideSecretValues(resource: Resource): Resource {
  if (resource.kind !== "Secret") return resource;
  return { ...resource, ...hidden("data", resource.data), ...hidden("stringData", resource.stringData) };
}

function hidden(field: string, values: unknown): Readonly<Record<string, unknown>> {
  return isObject(values) ? { [field]: Object.fromEntries(Object.keys(values).map((key) => [key, "(hidden)"])) } : {};
}

function keysOf(value: unknown): readonly string[] {
  return isObject(value) ? Object.keys(value) : [];
}
