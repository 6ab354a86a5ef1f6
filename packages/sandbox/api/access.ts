import { isList, type JsonObject, objectAt } from "../json.ts";
import type { Kind } from "../kinds.ts";
import { type ApiError, forbidden } from "../status.ts";

/** One RBAC rule. `*` in any list means everything. */
export interface AccessRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  /** Plurals, with a subresource after a slash. */
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  /** Where it holds; everywhere if not given. */
  readonly namespaces?: readonly string[];
}

export const everything: AccessRule = { verbs: ["*"], apiGroups: ["*"], resources: ["*"] };

/** What somebody wants to do. */
export interface Attempt {
  readonly verb: string;
  readonly group: string;
  /** Plural, with a subresource after a slash. */
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

export function isAllowed(rules: readonly AccessRule[], attempt: Attempt): boolean {
  return rules.some(
    (rule) =>
      includes(rule.verbs, attempt.verb) &&
      includes(rule.apiGroups, attempt.group) &&
      includes(rule.resources, attempt.resource) &&
      (rule.resourceNames === undefined || includes(rule.resourceNames, attempt.name)) &&
      (rule.namespaces === undefined || includes(rule.namespaces, attempt.namespace ?? "")),
  );
}

/** The 403 that RBAC answers with. */
export function denial(user: string, kind: Kind, attempt: Attempt): ApiError {
  const { verb, group, resource, namespace } = attempt;
  const where = namespace === undefined ? "at the cluster scope" : `in the namespace "${namespace}"`;
  return forbidden(
    kind,
    attempt.name,
    `User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`,
  );
}

/** The answer to a POST below `/apis/authorization.k8s.io/v1`; `undefined` for anything else. */
export function review(path: string, body: JsonObject, rules: readonly AccessRule[]): JsonObject | undefined {
  if (path === "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews") {
    const attributes = objectAt(body, "spec", "resourceAttributes");
    return { ...body, metadata: {}, status: { allowed: isAllowed(rules, attemptIn(attributes)) } };
  }
  if (path !== "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews") return undefined;
  const namespace = textIn(objectAt(body, "spec"), "namespace");
  const here = rules.filter((rule) => rule.namespaces === undefined || includes(rule.namespaces, namespace));
  const resourceRules = here.map(({ namespaces: _, ...rule }) => ({ ...rule }));
  return { ...body, metadata: {}, spec: {}, status: { resourceRules, nonResourceRules: [], incomplete: false } };
}

function attemptIn(attributes: JsonObject): Attempt {
  const subresource = textIn(attributes, "subresource");
  const resource = textIn(attributes, "resource");
  const namespace = textIn(attributes, "namespace");
  return {
    verb: textIn(attributes, "verb"),
    group: textIn(attributes, "group"),
    resource: subresource === "" ? resource : `${resource}/${subresource}`,
    namespace: namespace === "" ? undefined : namespace,
    name: textIn(attributes, "name"),
  };
}

function textIn(object: JsonObject, field: string): string {
  const value = object[field];
  return typeof value === "string" ? value : "";
}

function includes(list: readonly string[], value: string): boolean {
  return isList(list) && (list.includes("*") || list.includes(value));
}
