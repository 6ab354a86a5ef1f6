import type { Condition } from "../api-object.ts";

/** The conditions with one that holds for a reason, or without it; its time moves only when it appears or changes. */
export function withCondition(
  conditions: readonly Condition[],
  type: string,
  { cause, now }: { cause: { reason: string; message: string } | undefined; now: string },
): readonly Condition[] {
  const others = conditions.filter((condition) => condition.type !== type);
  if (cause === undefined) return others;
  const old = conditions.find((condition) => condition.type === type);
  if (old?.status === "True" && old.reason === cause.reason && old.message === cause.message) return conditions;
  return [...others, { type, status: "True", lastTransitionTime: now, ...cause }];
}
