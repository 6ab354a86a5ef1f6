import type { JsonObject } from "../json.ts";
import { apiVersionOf, type Kind, kinds } from "../kinds.ts";

/** What `/version` says. */
export const version: JsonObject = {
  major: "1",
  minor: "34",
  gitVersion: "v1.34.0+sandbox",
  gitCommit: "0000000000000000000000000000000000000000",
  gitTreeState: "clean",
  buildDate: "2026-01-01T00:00:00Z",
  goVersion: "go1.24.0",
  compiler: "gc",
  platform: "linux/amd64",
};

const reviews = ["selfsubjectaccessreviews", "selfsubjectrulesreviews"];
const groupNames = [...new Set(kinds.map((kind) => kind.group)), "authorization.k8s.io"].filter((name) => name !== "");

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
  return root === "api" ? first === "v1" : root === "apis" && groupNames.includes(first) && versionOf(first) === second;
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
  const isAuthorization = groupVersion === "authorization.k8s.io/v1";
  const own = isAuthorization ? reviews.map(review) : served;
  return { kind: "APIResourceList", apiVersion: "v1", groupVersion, resources: own };
}

function entries(kind: Kind): JsonObject[] {
  const verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
  const singularName = kind.name.toLowerCase();
  const { namespaced, plural: name } = kind;
  const shortNames = kind.shortNames === undefined ? {} : { shortNames: kind.shortNames };
  const own = { name, singularName, namespaced, kind: kind.name, verbs, ...shortNames };
  return [own, ...kind.subresources.map((subresource) => subresourceEntry(kind, subresource))];
}

function subresourceEntry(kind: Kind, subresource: string): JsonObject {
  const verbs = subresource === "status" || subresource === "scale" ? ["get", "patch", "update"] : ["get", "create"];
  const scale = subresource === "scale" ? { group: "autoscaling", version: "v1", kind: "Scale" } : { kind: kind.name };
  return { name: `${kind.plural}/${subresource}`, singularName: "", namespaced: kind.namespaced, ...scale, verbs };
}

function review(name: string): JsonObject {
  const kind = name === "selfsubjectaccessreviews" ? "SelfSubjectAccessReview" : "SelfSubjectRulesReview";
  return { name, singularName: kind.toLowerCase(), namespaced: false, kind, verbs: ["create"] };
}
