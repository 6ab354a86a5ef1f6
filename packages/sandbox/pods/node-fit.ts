import { parseQuantity } from "@cutover/release";
import type { ApiObject, Strings } from "../api-object.ts";
import { at, isList, isObject, type Json, type JsonObject, objectAt } from "../json.ts";
import { selectorMatcher } from "../selectors.ts";
import type { Pod, PodSpec } from "../workloads.ts";
import { requestsOf } from "./resources.ts";

/** Why a pod cannot go to a node; `hopeless` where no pod's leaving would help. */
export interface Misfit {
  readonly reasons: readonly string[];
  readonly hopeless: boolean;
}

/** The scheduler's filters, in their order and words (kubernetes/pkg/scheduler/framework/plugins); the first that fails counts. */
export function misfit(pod: Pod, node: ApiObject, residents: () => readonly Pod[]): Misfit | undefined {
  const refusal = refusalOf(pod.spec, node);
  return refusal === undefined ? shortage(pod, node, residents) : { reasons: [refusal], hopeless: true };
}

function refusalOf(spec: PodSpec, node: ApiObject): string | undefined {
  const tolerates = (taint: JsonObject): boolean => objects(spec.tolerations).some((one) => isTolerated(taint, one));
  const shut = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" };
  if (at(node, "spec", "unschedulable") === true && !tolerates(shut)) return "node(s) were unschedulable";
  const taints = objects(at(node, "spec", "taints")).filter(({ effect }) => effect !== "PreferNoSchedule");
  if (!taints.every(tolerates)) return "node(s) had untolerated taint(s)";
  return isWanted(spec, node) ? undefined : "node(s) didn't match Pod's node affinity/selector";
}

function isWanted(spec: PodSpec, { metadata }: ApiObject): boolean {
  const labels = metadata.labels ?? {};
  const wanted = Object.entries(spec.nodeSelector ?? {});
  const required = at(spec.affinity as Json, "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  const terms = objects(objectAt(required).nodeSelectorTerms);
  return (
    wanted.every(([key, value]) => labels[key] === value) &&
    (required === undefined || terms.some((term) => holds(term, labels)))
  );
}

function holds({ matchExpressions }: JsonObject, labels: Strings): boolean {
  // Gt and Lt hold for no node here.
  const expressions = objects(matchExpressions).map(({ key, operator, values }) => ({
    key: String(key),
    operator: String(operator),
    values: isList(values) ? values.map(String) : [],
  }));
  return selectorMatcher({ matchExpressions: expressions })(labels);
}

function isTolerated(taint: JsonObject, { key, operator, value, effect }: JsonObject): boolean {
  const isEffect = effect === undefined || effect === "" || effect === taint.effect;
  const isKey = (key === undefined && operator === "Exists") || key === taint.key;
  return isEffect && isKey && (operator === "Exists" || (value ?? "") === (taint.value ?? ""));
}

function shortage(pod: Pod, node: ApiObject, residents: () => readonly Pod[]): Misfit | undefined {
  const allocatable = objectAt(node, "status", "allocatable");
  const limits = {
    pods: parseQuantity(allocatable.pods),
    cpu: parseQuantity(allocatable.cpu),
    memory: parseQuantity(allocatable.memory),
  };
  if (limits.pods === undefined && limits.cpu === undefined && limits.memory === undefined) return undefined;
  const wanted = requestsOf(pod.spec);
  const others = residents();
  const used = others.map(({ spec }) => requestsOf(spec));
  const lacks = (name: "cpu" | "memory", free: number): boolean => wanted[name] > 0 && wanted[name] > free;
  const short = (["cpu", "memory"] as const).filter((name) => {
    const limit = limits[name];
    return limit !== undefined && lacks(name, limit - used.reduce((sum, one) => sum + one[name], 0));
  });
  const isFull = limits.pods !== undefined && others.length + 1 > limits.pods;
  const reasons = [...(isFull ? ["Too many pods"] : []), ...short.map((name) => `Insufficient ${name}`)];
  const hopeless = short.some((name) => lacks(name, limits[name] ?? 0));
  return reasons.length === 0 ? undefined : { reasons, hopeless };
}

function objects(list: Json | undefined): JsonObject[] {
  return isList(list) ? list.filter(isObject) : [];
}
