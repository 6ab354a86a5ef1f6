import type { ApiObject } from "../../api-object.ts";
import { at, type Json } from "../../json.ts";
import { age } from "./age.ts";
import { countAt, listAt, textAt } from "./text.ts";

/** The row of a HorizontalPodAutoscaler. */
export function autoscalerCells(autoscaler: ApiObject, now: Date): Json[] {
  const reference = [
    textAt(autoscaler, "spec", "scaleTargetRef", "kind"),
    textAt(autoscaler, "spec", "scaleTargetRef", "name"),
  ];
  return [
    autoscaler.metadata.name,
    reference.join("/"),
    targets(autoscaler),
    String(at(autoscaler, "spec", "minReplicas") ?? "<unset>"),
    countAt(autoscaler, "spec", "maxReplicas"),
    countAt(autoscaler, "status", "currentReplicas"),
    age(autoscaler.metadata.creationTimestamp, now),
  ];
}

function targets(autoscaler: ApiObject): string {
  const current = listAt(autoscaler, "status", "currentMetrics");
  const texts = listAt(autoscaler, "spec", "metrics").map((metric, index) => target(metric, current[index]));
  if (texts.length === 0) return "<none>";
  const shown = texts.slice(0, 2).join(", ");
  return texts.length > 2 ? `${shown} + ${texts.length - 2} more...` : shown;
}

/** `cpu: 20%/80%`; an average value of anything but a resource says that it is one. */
function target(metric: Json, status: Json | undefined): string {
  const type = textAt(metric, "type");
  const field = `${type.slice(0, 1).toLowerCase()}${type.slice(1)}`;
  const wanted = at(metric, field, "target");
  const is = at(status, field, "current");
  const name = textAt(metric, field, "name");
  const average = at(wanted, "averageValue");
  if (type.endsWith("Resource")) {
    if (average !== undefined) return `${name}: ${String(at(is, "averageValue") ?? "<unknown>")}/${String(average)}`;
    return `${name}: ${percent(is) ?? "<unknown>"}/${percent(wanted) ?? "<auto>"}`;
  }
  if (average === undefined) return `${String(at(is, "value") ?? "<unknown>")}/${textAt(wanted, "value")}`;
  const text = `${String(at(is, "averageValue") ?? "<unknown>")}/${String(average)}`;
  return type === "Pods" ? text : `${text} (avg)`;
}

function percent(value: Json | undefined): string | undefined {
  const found = at(value, "averageUtilization");
  return found === undefined ? undefined : `${String(found)}%`;
}
