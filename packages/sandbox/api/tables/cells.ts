import { type ApiObject, controllerOf } from "../../api-object.ts";
import { at, type Json, objectAt } from "../../json.ts";
import type { KindName } from "../../kinds.ts";
import type { Pod } from "../../workloads.ts";
import { age } from "./age.ts";
import { autoscalerCells } from "./autoscaler-cells.ts";
import { nodeCells } from "./node-cells.ts";
import { podCells } from "./pod-cells.ts";
import { quotaCells } from "./quota-cells.ts";
import { serviceCells } from "./service-cells.ts";
import { countAt, firstThree, listAt, textAt } from "./text.ts";
import { workloadCells } from "./workload-cells.ts";

type Cells = (object: ApiObject, now: Date) => Json[];

/** One row of a kind's table, `-o wide` included (kubernetes/pkg/printers/internalversion/printers.go). */
export function cellsOf(kind: KindName, object: ApiObject, now: Date): Json[] {
  const cells = workloadCells[kind] ?? others[kind] ?? named;
  return cells(object, now);
}

const others: Partial<Record<KindName, Cells>> = {
  // The registry keeps what is stored as a Pod in its shape.
  Pod: (object, now) => podCells(object as Pod, now),
  Node: nodeCells,
  Service: serviceCells,
  ResourceQuota: quotaCells,
  HorizontalPodAutoscaler: autoscalerCells,
  Namespace: aged((object) => [textAt(object, "status", "phase")]),
  ConfigMap: aged((object) => [size(object.data) + size(object.binaryData)]),
  Secret: aged((object) => [textAt(object, "type"), size(object.data)]),
  ServiceAccount: aged((object) => [listAt(object, "secrets").length]),
  Lease: aged((object) => [textAt(object, "spec", "holderIdentity")]),
  LimitRange: ({ metadata }) => [metadata.name, metadata.creationTimestamp],
  ControllerRevision: aged((object) => [controllerText(object), countAt(object, "revision")]),
  EndpointSlice: aged((object) => [
    textAt(object, "addressType"),
    firstThree(listAt(object, "ports").map((port) => String(at(port, "port") ?? at(port, "name") ?? "*"))),
    firstThree(listAt(object, "endpoints").flatMap((endpoint) => listAt(endpoint, "addresses").map(String))),
  ]),
  PodDisruptionBudget: aged((object) => [
    String(at(object, "spec", "minAvailable") ?? "N/A"),
    String(at(object, "spec", "maxUnavailable") ?? "N/A"),
    countAt(object, "status", "disruptionsAllowed"),
  ]),
  Ingress: aged((object) => [
    String(at(object, "spec", "ingressClassName") ?? "<none>"),
    listAt(object, "spec", "rules").length === 0
      ? "*"
      : firstThree(listAt(object, "spec", "rules").map((rule) => String(at(rule, "host") ?? "*"))),
    "",
    listAt(object, "spec", "tls").length > 0 ? "80, 443" : "80",
  ]),
  Event: eventCells,
};

/** Between the name and the age. */
function aged(middle: (object: ApiObject) => Json[]): Cells {
  return (object, now) => [object.metadata.name, ...middle(object), age(object.metadata.creationTimestamp, now)];
}

function named(object: ApiObject, now: Date): Json[] {
  return [object.metadata.name, age(object.metadata.creationTimestamp, now)];
}

function eventCells(event: ApiObject, now: Date): Json[] {
  const first = age(event.firstTimestamp ?? event.eventTime ?? undefined, now);
  const series = objectAt(event, "series");
  const seen = series.lastObservedTime ?? event.lastTimestamp;
  const { kind, name, fieldPath } = objectAt(event, "involvedObject");
  const source = [
    textAt(event, "source", "component") || textAt(event, "reportingComponent"),
    textAt(event, "source", "host") || textAt(event, "reportingInstance"),
  ];
  return [
    typeof seen === "string" ? age(seen, now) : first,
    textAt(event, "type"),
    textAt(event, "reason"),
    [String(kind ?? "").toLowerCase(), name ?? ""].filter(Boolean).join("/"),
    fieldPath ?? "",
    source.filter(Boolean).join(", "),
    textAt(event, "message").trim(),
    first,
    countAt(series, "count") || countAt(event, "count") || 1,
    event.metadata.name,
  ];
}

function controllerText(revision: ApiObject): string {
  const owner = controllerOf(revision);
  if (owner === undefined) return "<none>";
  const [group = ""] = owner.apiVersion.includes("/") ? owner.apiVersion.split("/") : [];
  return `${[owner.kind, group].filter(Boolean).join(".").toLowerCase()}/${owner.name}`;
}

function size(map: Json | undefined): number {
  return Object.keys(objectAt(map)).length;
}
