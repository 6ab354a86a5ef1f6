import { at, type JsonObject } from "./json.ts";
import { apiVersionOf, kinds } from "./kinds.ts";
import type { Registry } from "./registry.ts";

const manager = "sandbox";

/** The node of a sandbox that is given none: nothing is too much for it. */
const node = {
  metadata: {
    name: "sandbox-node",
    labels: { "kubernetes.io/hostname": "sandbox-node", "kubernetes.io/os": "linux" },
  },
  spec: {},
  status: { conditions: [{ type: "Ready", status: "True", reason: "KubeletReady" }] },
};

/** The node and the namespaces that every cluster has, and then these objects, with the namespaces that they name. */
export function seedObjects(registry: Registry, objects: readonly JsonObject[]): void {
  for (const name of ["default", "kube-system"]) ensureNamespace(registry, name);
  if (!objects.some(({ kind }) => kind === "Node"))
    registry.create({ kind: "Node", namespace: undefined }, node, { manager });
  for (const object of objects) create(registry, object);
}

function create(registry: Registry, object: JsonObject): void {
  const kind = kinds.find((known) => known.name === object.kind && apiVersionOf(known) === object.apiVersion);
  if (kind === undefined) throw new Error(`the sandbox has no ${String(object.apiVersion)} ${String(object.kind)}`);
  const named = at(object, "metadata", "namespace");
  const namespace = typeof named === "string" ? named : "default";
  ensureNamespace(registry, kind.name === "Namespace" ? String(at(object, "metadata", "name")) : namespace);
  const place = { kind: kind.name, namespace: kind.namespaced ? namespace : undefined };
  if (kind.name !== "Namespace") registry.create(place, object, { manager });
}

function ensureNamespace(registry: Registry, name: string): void {
  if (registry.store.get("Namespace", undefined, name) !== undefined) return;
  registry.create({ kind: "Namespace", namespace: undefined }, { metadata: { name } }, { manager });
  registry.create({ kind: "ServiceAccount", namespace: name }, { metadata: { name: "default" } }, { manager });
}
