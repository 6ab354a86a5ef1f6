import type { JsonObject } from "../json.ts";
import { apiVersionOf, type Kind, kinds } from "../kinds.ts";

/**
 * The published schema as far as `kubectl apply` asks: which kinds take `fieldValidation` and `dryRun` in a patch.
 * `undefined` for any other path.
 */
export function openApi(path: string): JsonObject | undefined {
  if (path === "/openapi/v3") return { paths: Object.fromEntries(roots().map((root) => [root, located(root)])) };
  const root = path.replace(/^\/openapi\/v3\//, "");
  if (root === path || !roots().includes(root)) return undefined;
  const own = kinds.filter((kind) => rootOf(kind) === root);
  const info = { title: "Kubernetes", version: "v1.34.0" };
  return { openapi: "3.0.0", info, paths: Object.fromEntries(own.map((kind) => [pathOf(kind), operations(kind)])) };
}

function roots(): string[] {
  return [...new Set(kinds.map(rootOf))];
}

function rootOf(kind: Kind): string {
  return kind.group === "" ? `api/${kind.version}` : `apis/${apiVersionOf(kind)}`;
}

function located(root: string): JsonObject {
  return { serverRelativeURL: `/openapi/v3/${root}` };
}

function pathOf(kind: Kind): string {
  const scope = kind.namespaced ? "/namespaces/{namespace}" : "";
  return `/${rootOf(kind)}${scope}/${kind.plural}/{name}`;
}

function operations({ group, version, name }: Kind): JsonObject {
  const parameters = ["dryRun", "fieldManager", "fieldValidation", "force"].map((parameter) => ({
    name: parameter,
    in: "query",
    schema: { type: parameter === "force" ? "boolean" : "string" },
  }));
  return { patch: { parameters, "x-kubernetes-group-version-kind": { group, version, kind: name } } };
}
