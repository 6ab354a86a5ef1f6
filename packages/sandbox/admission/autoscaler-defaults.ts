import { isObject, type Json, type JsonObject, objectAt } from "../json.ts";

const byCount = { type: "Pods", value: 4, periodSeconds: 15 };
const byShare = { type: "Percent", value: 100, periodSeconds: 15 };

/** How an autoscaler scales where its behavior says only a part of it; without one, nothing is filled in. */
export function withBehavior(behavior: Json | undefined): JsonObject {
  if (!isObject(behavior)) return {};
  const up = { stabilizationWindowSeconds: 0, selectPolicy: "Max", policies: [byCount, byShare] };
  const down = { selectPolicy: "Max", policies: [byShare] };
  const scaleUp = { ...up, ...objectAt(behavior, "scaleUp") };
  return { behavior: { scaleUp, scaleDown: { ...down, ...objectAt(behavior, "scaleDown") } } };
}
