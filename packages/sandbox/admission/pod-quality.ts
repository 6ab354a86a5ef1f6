import { at, isList, type Json, objectAt } from "../json.ts";

/** How much a pod is promised: all that it may use, some of it, or nothing. */
export function qualityOf(spec: Json | undefined): "Guaranteed" | "Burstable" | "BestEffort" {
  const found = at(spec, "containers");
  const all = (isList(found) ? found : []).map((container) => objectAt(container, "resources"));
  const asks = all.some(({ requests, limits }) => isSaid(requests) || isSaid(limits));
  if (!asks) return "BestEffort";
  const isSure = all.every((resources) =>
    ["cpu", "memory"].every((name) => {
      const limit = at(resources, "limits", name);
      return limit !== undefined && String(at(resources, "requests", name) ?? limit) === String(limit);
    }),
  );
  return isSure ? "Guaranteed" : "Burstable";
}

function isSaid(amounts: Json | undefined): boolean {
  return Object.keys(objectAt(amounts)).length > 0;
}
