import { selects } from "@cutover/release";
import * as z from "zod";
import { allContainers, type PodSpec } from "./pod-spec.ts";

const selector = z.looseObject({
  matchExpressions: z.array(
    z.looseObject({ scopeName: z.string(), operator: z.string(), values: z.array(z.string()).optional() }),
  ),
});

/** Which pods a ResourceQuota counts; all where it names no scope. */
export const quotaScopes = z.looseObject({
  scopes: z.array(z.string()).optional(),
  scopeSelector: selector.optional(),
});

/** Whether a quota counts the pods of a Deployment: every scope must hold. https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes */
export function isCounted(pod: PodSpec, { scopes = [], scopeSelector }: z.output<typeof quotaScopes>): boolean {
  const named = scopes.map((scopeName) => ({ scopeName, operator: "Exists", values: undefined }));
  return [...named, ...(scopeSelector?.matchExpressions ?? [])].every(({ scopeName, operator, values = [] }) => {
    if (scopeName === "PriorityClass") {
      const { priorityClassName } = pod;
      const labels = priorityClassName === undefined ? {} : { PriorityClass: priorityClassName };
      return selects({ matchExpressions: [{ key: scopeName, operator, values }] }, labels);
    }
    return holds(scopeName, pod);
  });
}

function holds(scope: string, pod: PodSpec): boolean {
  // A Deployment's pods have no deadline.
  if (scope === "Terminating" || scope === "NotTerminating") return scope === "NotTerminating";
  if (scope === "BestEffort" || scope === "NotBestEffort") return isBestEffort(pod) === (scope === "BestEffort");
  return scope === "CrossNamespacePodAffinity" && /"namespace(s|Selector)":/.test(JSON.stringify(pod.affinity ?? {}));
}

function isBestEffort(pod: PodSpec): boolean {
  return allContainers(pod).every(({ resources }) => {
    const said = { ...resources?.limits, ...resources?.requests };
    return said.cpu === undefined && said.memory === undefined;
  });
}
