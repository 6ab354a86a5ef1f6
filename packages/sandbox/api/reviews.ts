import { type JsonObject, objectAt } from "../json.ts";
import { type AccessRule, type Attempt, includes, isAllowed } from "./access.ts";

/** What clients may ask about themselves; each is answered and none is kept. */
export const reviewKinds = [
  { group: "authentication.k8s.io", kind: "SelfSubjectReview" },
  { group: "authorization.k8s.io", kind: "SelfSubjectAccessReview" },
  { group: "authorization.k8s.io", kind: "SelfSubjectRulesReview" },
] as const;

/** Who asks. */
export interface Subject {
  readonly user: string;
  readonly rules: readonly AccessRule[];
  /** The time of the answer, as objects carry it. */
  readonly timestamp: string;
}

/** What everybody may do (the ClusterRole `system:basic-user`). */
const basics: readonly JsonObject[] = [
  {
    verbs: ["create"],
    apiGroups: ["authorization.k8s.io"],
    resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
  },
  { verbs: ["create"], apiGroups: ["authentication.k8s.io"], resources: ["selfsubjectreviews"] },
];

/** What everybody may read (the ClusterRoles `system:discovery` and `system:public-info-viewer`). */
const publicPaths = "/healthz /livez /readyz /version /version/ /api /api/* /apis /apis/* /openapi /openapi/*".split(
  " ",
);

/** Whether the path is that of a review. */
export function isReview(path: string): boolean {
  return reviewAt(path) !== undefined;
}

/** The answer to a POST at the path of a review; `undefined` for any other. */
export function review(path: string, body: JsonObject, subject: Subject): JsonObject | undefined {
  const found = reviewAt(path);
  if (found === undefined) return undefined;
  const head = { kind: found.kind, apiVersion: `${found.group}/v1` };
  switch (found.kind) {
    case "SelfSubjectReview":
      return {
        ...head,
        metadata: { creationTimestamp: subject.timestamp },
        status: { userInfo: userInfo(subject.user) },
      };
    case "SelfSubjectAccessReview":
      return { ...head, metadata: {}, spec: objectAt(body, "spec"), status: verdict(objectAt(body, "spec"), subject) };
    case "SelfSubjectRulesReview":
      return { ...head, metadata: {}, spec: {}, status: rulesIn(textIn(objectAt(body, "spec"), "namespace"), subject) };
  }
}

function reviewAt(path: string) {
  return reviewKinds.find(({ group, kind }) => path === `/apis/${group}/v1/${kind.toLowerCase()}s`);
}

function userInfo(username: string): JsonObject {
  const [, namespace] = /^system:serviceaccount:([^:]+):/.exec(username) ?? [];
  const accounts = namespace === undefined ? [] : ["system:serviceaccounts", `system:serviceaccounts:${namespace}`];
  return { username, groups: [...accounts, "system:authenticated"] };
}

function verdict(spec: JsonObject, { rules }: Subject): JsonObject {
  const path = textIn(objectAt(spec, "nonResourceAttributes"), "path");
  if (path !== "") return { allowed: publicPaths.some((known) => matches(known, path)) || hasEverything(rules) };
  const attempt = attemptIn(objectAt(spec, "resourceAttributes"));
  return { allowed: isAllowed(rules, attempt) || isBasic(attempt) };
}

function isBasic({ verb, group, resource }: Attempt): boolean {
  return (
    verb === "create" && reviewKinds.some((one) => one.group === group && `${one.kind.toLowerCase()}s` === resource)
  );
}

function rulesIn(namespace: string, { rules }: Subject): JsonObject {
  const here = rules.filter((rule) => rule.namespaces === undefined || includes(rule.namespaces, namespace));
  const resourceRules = here.map(({ namespaces: _, ...rule }) => ({ ...rule }));
  const all = hasEverything(rules) ? [{ verbs: ["*"], nonResourceURLs: ["*"] }] : [];
  return {
    resourceRules: [...resourceRules, ...basics],
    nonResourceRules: [{ verbs: ["get"], nonResourceURLs: publicPaths }, ...all],
    incomplete: false,
  };
}

function hasEverything(rules: readonly AccessRule[]): boolean {
  const anything = { verb: "*", group: "*", resource: "*", namespace: "*", name: "*" };
  return isAllowed(rules, anything);
}

function matches(pattern: string, path: string): boolean {
  return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : pattern === path;
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
