import type { ApiObject, Strings } from "./api-object.ts";
import { at, type Json } from "./json.ts";
import type { KindName } from "./kinds.ts";
import { labelRequirements } from "./label-selector.ts";
import { badRequest } from "./status.ts";
import type { LabelSelector } from "./workloads.ts";

export type Matcher = (object: ApiObject) => boolean;

/** @throws ApiError 400 */
export function labelMatcher(selector: string): Matcher {
  const requirements = labelRequirements(selector);
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

/** The fields that a kind can be selected by, besides its name and namespace. */
const selectable: Partial<Record<KindName, string>> = {
  Pod: "spec.nodeName spec.restartPolicy spec.schedulerName spec.serviceAccountName spec.hostNetwork status.phase status.podIP status.podIPs status.nominatedNodeName",
  Event:
    "involvedObject.kind involvedObject.namespace involvedObject.name involvedObject.uid involvedObject.apiVersion involvedObject.resourceVersion involvedObject.fieldPath reason reportingComponent source type",
  Node: "spec.unschedulable",
  Job: "status.successful",
  Secret: "type",
  Namespace: "status.phase",
  ReplicaSet: "status.replicas",
};

/** Where a label is not the field of its name, or a field has a value that is not written. */
const readers: Readonly<Record<string, (object: ApiObject) => Json | undefined>> = {
  source: (event) => at(event, "source", "component") ?? event.reportingComponent,
  "spec.hostNetwork": (pod) => at(pod, "spec", "hostNetwork") ?? false,
  "spec.unschedulable": (node) => at(node, "spec", "unschedulable") ?? false,
  "status.successful": (job) => at(job, "status", "succeeded") ?? 0,
  "status.replicas": (set) => at(set, "status", "replicas") ?? 0,
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
      if (!isStandard && !selectable[kind]?.split(" ").includes(path)) {
        const message = `"${path}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
        throw badRequest(selectable[kind] === undefined ? message : `field label not supported: ${path}`);
      }
      const read = readers[path] ?? ((object: ApiObject) => at(object, ...path.split(".")));
      return (object: ApiObject) => (String(read(object) ?? "") === value) === (operator !== "!=");
    });
  return (object) => requirements.every((holds) => holds(object));
}

function expressionHolds(value: string | undefined, operator: string, values: readonly string[]): boolean {
  if (operator === "In") return value !== undefined && values.includes(value);
  if (operator === "NotIn") return value === undefined || !values.includes(value);
  return (value !== undefined) === (operator === "Exists");
}
