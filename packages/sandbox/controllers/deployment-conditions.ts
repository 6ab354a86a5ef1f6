import type { Condition } from "../api-object.ts";

export interface Said {
  readonly status: Condition["status"];
  readonly reason: string;
  readonly message: string;
}

/**
 * The conditions with one set: nothing changes where status and reason are the same, and its transition time moves with its
 * status only (kubernetes/pkg/controller/deployment/util, SetDeploymentCondition).
 */
export function withCondition(
  conditions: readonly Condition[],
  { type, ...said }: Said & { readonly type: string },
  now: string,
): readonly Condition[] {
  const old = conditions.find((one) => one.type === type);
  if (old?.status === said.status && old.reason === said.reason) return conditions;
  const since = old?.status === said.status ? old.lastTransitionTime : now;
  const next = { type, ...said, lastUpdateTime: now, lastTransitionTime: since ?? now };
  return [...conditions.filter((one) => one !== old), next];
}

export function withProgress(conditions: readonly Condition[], said: Said, now: string): readonly Condition[] {
  return withCondition(conditions, { type: "Progressing", ...said }, now);
}

export function withoutCondition(conditions: readonly Condition[], type: string): readonly Condition[] {
  return conditions.filter((one) => one.type !== type);
}
