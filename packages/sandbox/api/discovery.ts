import type { JsonObject } from "../json.ts";
import { apiVersionOf, type Kind, kinds } from "../kinds.ts";
import { reviewKinds } from "./reviews.ts";

/** What `/version` says. */
export const version: JsonObject = {
  major: "1",
  minor: "34",
  emulationMajor: "1",
  emulationMinor: "34",
  minCompatibilityMajor: "1",
  minCompatibilityMinor: "33",
  gitVersion: "v1.34.0+sandbox",
  gitCommit: "0000000000000000000000000000000000000000",
  gitTreeState: "clean",
  buildDate: "2026-01-01T00:00:00Z",
  goVersion: "go1.24.0",
  compiler: "gc",
  platform: "linux/amd64",
};

const groupNames = [...new Set([...kinds, ...reviewKinds].map(({ group }) => group))].filter((name) => name !== "");

/** The discovery document at a path; `undefined` where there is none. */
export function discovery(path: string): JsonObject | undefined {
  if (path === "/version") return version;
  if (path === "/api") return { kind: "APIVersions", versions: ["v1"], serverAddressByClientCIDRs: [] };
  if (path === "/api/v1") return resources("v1");
  if (path === "/apis") return { kind: "APIGroupList", apiVersion: "v1", groups: groupNames.map(group) };
  const [, root, name = "", served, ...rest] = path.split("/");
  if (root !== "apis" || rest.length > 0 || !groupNames.includes(name)) return undefined;
  if (served === undefined) return { kind: "APIGroup", apiVersion: "v1", ...group(name) };
  return versionOf(name) === served ? resources(`${name}/${served}`) : undefined;
}

/** Whether the path is below a group and version that exist; elsewhere the server answers in plain text. */
export function isServedBelow(path: string): boolean {
  const [, root, first = "", second = ""] = path.split("/");
  return root === "api" || (root === "apis" && groupNames.includes(first) && second !== "");
}

function group(name: string): JsonObject {
  const preferred = { groupVersion: `${name}/${versionOf(name)}`, version: versionOf(name) };
  return { name, versions: [preferred], preferredVersion: preferred };
}

function versionOf(group: string): string {
  return kinds.find((kind) => kind.group === group)?.version ?? "v1";
}

function resources(groupVersion: string): JsonObject {
  const served = kinds.filter((kind) => apiVersionOf(kind) === groupVersion).flatMap(entries);
  const reviews = reviewKinds
    .filter(({ group }) => `${group}/v1` === groupVersion)
    .map(({ kind }) => {
      const singularName = kind.toLowerCase();
      return { name: `${singularName}s`, singularName, namespaced: false, kind, verbs: ["create"] };
    });
  return { kind: "APIResourceList", apiVersion: "v1", groupVersion, resources: [...served, ...reviews] };
}

const verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

function entries(kind: Kind): JsonObject[] {
  const { namespaced, plural: name } = kind;
  const own = {
    name,
    singularName: kind.name.toLowerCase(),
    namespaced,
    kind: kind.name,
    verbs: kind.name === "Namespace" ? verbs.filter((verb) => verb !== "deletecollection") : verbs,
    ...(kind.shortNames === undefined ? {} : { shortNames: kind.shortNames }),
    ...(kind.inAll ? { categories: ["all"] } : {}),
  };
  return [own, ...kind.subresources.toSorted().map((subresource) => subresourceEntry(kind, subresource))];
}

function subresourceEntry(kind: Kind, subresource: string): JsonObject {
  const name = `${kind.plural}/${subresource}`;
  return { name, singularName: "", namespaced: kind.namespaced, ...servedAs(kind, subresource) };
}

function servedAs({ name: kind }: Kind, subresource: string): JsonObject {
  const stream = ["create", "get"];
  switch (subresource) {
    case "scale":
      return { group: "autoscaling", version: "v1", kind: "Scale", verbs: ["get", "patch", "update"] };
    case "eviction":
      return { group: "policy", version: "v1", kind: "Eviction", verbs: ["create"] };
    case "log":
      return { kind, verbs: ["get"] };
    case "proxy":
      return { kind: `${kind}ProxyOptions`, verbs: ["create", "delete", "get", "patch", "update"] };
    case "exec":
    case "attach":
      return { kind: subresource === "exec" ? "PodExecOptions" : "PodAttachOptions", verbs: stream };
    case "portforward":
      return { kind: "PodPortForwardOptions", verbs: stream };
    default:
      return { kind, verbs: ["get", "patch", "update"] };
  }
}
