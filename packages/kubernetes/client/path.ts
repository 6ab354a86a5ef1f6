import { CutoverError } from "@cutover/release";
import type { Kind } from "./kinds.ts";

export interface Place {
  apiVersion: string;
  kind: Kind;
  namespace: string | undefined;
  name?: string;
  subresource?: string | undefined;
}

/** `/api/v1` or `/apis/<group>/<version>`. */
export function groupPath(apiVersion: string): string {
  return apiVersion.includes("/")
    ? `/apis/${apiVersion.split("/").map(segment).join("/")}`
    : `/api/${segment(apiVersion)}`;
}

/** The path of an object, or of all objects of a kind where no name is given. */
export function pathOf({ apiVersion, kind, namespace, name, subresource }: Place): string {
  const parts = [groupPath(apiVersion)];
  if (kind.namespaced && namespace !== undefined) parts.push("namespaces", segment(namespace));
  parts.push(kind.resource);
  if (name !== undefined) parts.push(segment(name));
  if (subresource !== undefined) parts.push(...subresource.split("/").map(segment));
  return parts.join("/");
}

/** `path?a=1&b=2`, without the parameters that are undefined. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** An empty name would turn the deletion of one object into that of all, and dots would climb out of the namespace. */
export function segment(text: string): string {
  if (text === "" || text === "." || text === "..") {
    throw new CutoverError("input-invalid", `"${text}" names no Kubernetes object`, {
      hint: "Give the object's name.",
    });
  }
  return encodeURIComponent(text);
}
