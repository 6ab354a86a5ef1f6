import type { ApiObject, Strings } from "./api-object.ts";
import { at, type Json } from "./json.ts";
import type { KindName } from "./kinds.ts";
import { badRequest } from "./status.ts";
import type { LabelSelector } from "./workloads.ts";

export type Matcher = (object: ApiObject) => boolean;

/**
 * Parses `app=web,tier!=db,color in (blue, green),!legacy,version`.
 * @throws ApiError 400
 */
export function labelMatcher(selector: string): Matcher {
  const parts = selector.split(/,(?![^(]*\))/).filter((part) => part.trim() !== "");
  const requirements = parts.map(requirement);
  return (object) => requirements.every((holds) => holds(object.metadata.labels ?? {}));
}

/** As `spec.selector` of a Deployment has it. */
export function selectorMatcher(selector: LabelSelector): (labels: Strings) => boolean {
  const equalities = Object.entries(selector.matchLabels ?? {});
  const expressions = selector.matchExpressions ?? [];
  return (labels) =>
    equalities.every(([key, value]) => labels[key] === value) &&
    expressions.every(({ key, operator, values = [] }) => expressionHolds(labels[key], operator, values));
}

const selectable: Partial<Record<KindName, readonly string[]>> = {
  Pod: ["spec.nodeName", "spec.restartPolicy", "spec.serviceAccountName", "status.phase", "status.podIP"],
  Event: [
    "involvedObject.kind",
    "involvedObject.namespace",
    "involvedObject.name",
    "involvedObject.uid",
    "reason",
    "type",
  ],
  Secret: ["type"],
  Namespace: ["status.phase"],
  ReplicaSet: ["status.replicas"],
};

/**
 * Parses `metadata.name=web,involvedObject.uid!=x`.
 * @throws ApiError 400, also for a field that the kind cannot be selected by
 */
export function fieldMatcher(selector: string, kind: KindName): Matcher {
  const requirements = selector
    .split(",")
    .filter(Boolean)
    .map((part) => {
      const found = /^([\w.]+)(==|=|!=)(.*)$/.exec(part);
      if (found === null) throw badRequest(`invalid selector: '${selector}'; can't understand '${part}'`);
      const [, path = "", operator, value] = found;
      const isStandard = path === "metadata.name" || path === "metadata.namespace";
      if (!isStandard && !selectable[kind]?.includes(path)) {
        const message = `"${path}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
        throw badRequest(selectable[kind] === undefined ? message : `field label not supported: ${path}`);
      }
      const text = (object: ApiObject): Json => at(object, ...path.split(".")) ?? "";
      return (object: ApiObject) => (String(text(object)) === value) === (operator !== "!=");
    });
  return (object) => requirements.every((holds) => holds(object));
}

function expressionHolds(value: string | undefined, operator: string, values: readonly string[]): boolean {
  if (operator === "In") return value !== undefined && values.includes(value);
  if (operator === "NotIn") return value === undefined || !values.includes(value);
  return (value !== undefined) === (operator === "Exists");
}

function requirement(part: string): (labels: Strings) => boolean {
  const setBased = /^\s*([\w./-]+)\s+(in|notin)\s+\(([^)]*)\)\s*$/.exec(part);
  if (setBased !== null) {
    const [, key = "", operator, list = ""] = setBased;
    const values = list.split(",").map((value) => value.trim());
    return (labels) => expressionHolds(labels[key], operator === "in" ? "In" : "NotIn", values);
  }
  const equality = /^\s*([\w./-]+)\s*(==|=|!=)\s*([\w.-]*)\s*$/.exec(part);
  if (equality !== null) {
    const [, key = "", operator, value = ""] = equality;
    return (labels) => expressionHolds(labels[key], operator === "!=" ? "NotIn" : "In", [value]);
  }
  const existence = /^\s*(!?)\s*([\w./-]+)\s*$/.exec(part);
  if (existence === null)
    throw badRequest(`unable to parse requirement: found '${part.trim()}', expected: an operator`);
  const [, not, key = ""] = existence;
  return (labels) => (labels[key] !== undefined) === (not === "");
}
