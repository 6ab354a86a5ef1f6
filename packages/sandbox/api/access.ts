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

/** Whether a list of a rule names the value. */
export function includes(list: readonly string[], value: string): boolean {
  return list.includes("*") || list.includes(value);
}
