import type { Strings } from "../api-object.ts";
import { at, canonical, equal, isList, isObject, type Json, type JsonObject, objectAt } from "../json.ts";
import type { KindName } from "../kinds.ts";
import { selectorMatcher } from "../selectors.ts";
import type { Cause } from "../status.ts";
import type { LabelSelector } from "../workloads.ts";
import { dataCauses, dataChangeCauses } from "./data-validation.ts";
import { metadataCauses } from "./metadata-validation.ts";
import { invalidValue, labelCauses, required } from "./names.ts";
import { volumeCauses } from "./volume-validation.ts";

/** What the server would refuse the object for; `before` is what it replaces. */
export function causesAgainst(kind: KindName, object: JsonObject, before: JsonObject | undefined): Cause[] {
  const was = before === undefined ? undefined : objectAt(before, "metadata");
  const metadata = metadataCauses(kind, objectAt(object, "metadata"), was);
  return [
    ...metadata.ofUpdate,
    ...(before === undefined ? [] : (changes[kind]?.(object, before) ?? [])),
    ...metadata.full,
    ...(rules[kind]?.(object, before) ?? []),
  ];
}

/** What may not change, for kinds that look at that first. */
const changes: Partial<Record<KindName, (object: JsonObject, before: JsonObject) => Cause[]>> = {
  ConfigMap: dataChangeCauses,
  Secret: dataChangeCauses,
};

type Rule = (object: JsonObject, before: JsonObject | undefined) => Cause[];

const rules: Partial<Record<KindName, Rule>> = {
  Deployment: (object, before) => [
    ...workload(object),
    ...strategyCauses(object),
    ...immutable(object, before, ["spec", "selector"]),
  ],
  ReplicaSet: (object, before) => [...workload(object), ...immutable(object, before, ["spec", "selector"])],
  Pod: (object, before) => [...podSpec(at(object, "spec"), "spec"), ...podUpdate(object, before)],
  Service: service,
  ControllerRevision: (object, before) => [
    ...immutable(object, before, ["data"]),
    ...(object.data === undefined ? [required("data", "data is mandatory")] : []),
  ],
  Lease: (object) => {
    const seconds = at(object, "spec", "leaseDurationSeconds");
    const transitions = at(object, "spec", "leaseTransitions");
    const isBad = typeof seconds === "number" && seconds <= 0;
    return [
      ...(isBad ? [invalidValue("spec.leaseDurationSeconds", String(seconds), "must be greater than 0")] : []),
      ...(typeof transitions === "number" && transitions < 0
        ? [invalidValue("spec.leaseTransitions", String(transitions), "must be greater than or equal to 0")]
        : []),
    ];
  },
  ConfigMap: dataCauses,
  Secret: dataCauses,
};

function workload(object: JsonObject): Cause[] {
  const spec = objectAt(object, "spec");
  const selector = objectAt(spec, "selector");
  const labels = at(spec, "template", "metadata", "labels");
  const replicas = spec.replicas;
  const isEmpty = at(selector, "matchLabels") === undefined && at(selector, "matchExpressions") === undefined;
  const matches =
    spec.selector !== undefined && selectorMatcher(selector as LabelSelector)(objectAt(labels) as Strings);
  const least = "must be greater than or equal to 0";
  return [
    ...(typeof replicas === "number" && replicas < 0 ? [invalidValue("spec.replicas", String(replicas), least)] : []),
    ...(spec.selector === undefined ? [required("spec.selector")] : []),
    ...(spec.selector !== undefined && isEmpty
      ? [invalidValue("spec.selector", canonical(selector), "empty selector is invalid for deployment")]
      : []),
    ...(!matches
      ? [
          invalidValue(
            "spec.template.metadata.labels",
            labels === undefined ? "null" : canonical(labels),
            "`selector` does not match template `labels`",
          ),
        ]
      : []),
    ...labelCauses(objectAt(labels), "spec.template.labels"),
    ...podSpec(at(spec, "template", "spec"), "spec.template.spec"),
  ];
}

function strategyCauses(object: JsonObject): Cause[] {
  const strategy = objectAt(object, "spec", "strategy");
  if (strategy.type !== "Recreate" || strategy.rollingUpdate === undefined) return [];
  const message = "Forbidden: may not be specified when strategy `type` is 'Recreate'";
  return [{ reason: "FieldValueForbidden", message, field: "spec.strategy.rollingUpdate" }];
}

function podSpec(spec: Json | undefined, field: string): Cause[] {
  const containers = at(spec, "containers");
  if (!isList(containers) || containers.length === 0) return [required(`${field}.containers`)];
  const names = containers.map((container) => at(container, "name"));
  return [
    ...volumeCauses(spec, field),
    ...containers.flatMap((container, index) => {
      const here = `${field}.containers[${index}]`;
      const name = at(container, "name");
      const twice = { reason: "FieldValueDuplicate", message: `Duplicate value: "${name}"`, field: `${here}.name` };
      return [
        ...(typeof name === "string" && name !== "" ? [] : [required(`${here}.name`)]),
        ...(typeof at(container, "image") === "string" ? [] : [required(`${here}.image`)]),
        ...(name !== undefined && names.indexOf(name) < index ? [twice] : []),
      ];
    }),
  ];
}

function podUpdate(object: JsonObject, before: JsonObject | undefined): Cause[] {
  if (before === undefined || equal(withoutImages(object), withoutImages(before))) return [];
  const mutable =
    "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";
  return [{ reason: "FieldValueForbidden", message: `Forbidden: ${mutable}`, field: "spec" }];
}

/** Images may change in place, and the scheduler gives a node to a pod that has none. */
function withoutImages(pod: JsonObject): JsonObject {
  const { nodeName: _, containers, ...spec } = objectAt(pod, "spec");
  const bare = isList(containers) ? containers.map((item) => (isObject(item) ? { ...item, image: null } : item)) : [];
  return { ...spec, containers: bare };
}

function service(object: JsonObject, before: JsonObject | undefined): Cause[] {
  const spec = objectAt(object, "spec");
  const ports = spec.ports;
  const isNameOnly = spec.type === "ExternalName";
  const isBare = spec.type === "ExternalName" || spec.clusterIP === "None";
  const address = at(before, "spec", "clusterIP");
  const moved = before !== undefined && address !== undefined && !equal(address, spec.clusterIP) && !isNameOnly;
  const many = isList(ports) && ports.length > 1;
  return [
    ...(isBare || (isList(ports) && ports.length > 0) ? [] : [required("spec.ports")]),
    ...(isList(ports) ? ports : []).flatMap((port, index) => servicePort(port, `spec.ports[${index}]`, many)),
    ...labelCauses(objectAt(spec, "selector"), "spec.selector"),
    ...(moved
      ? [invalidValue("spec.clusterIPs[0]", canonical([spec.clusterIP ?? null]), "may not change once set")]
      : []),
  ];
}

function servicePort(port: Json, field: string, hasOthers: boolean): Cause[] {
  const target = at(port, "targetPort");
  const letters = "must contain at least one letter (a-z)";
  return [
    ...(hasOthers && typeof at(port, "name") !== "string" ? [required(`${field}.name`)] : []),
    ...(typeof target === "string" && !/[a-z]/.test(target)
      ? [invalidValue(`${field}.targetPort`, JSON.stringify(target), letters)]
      : []),
  ];
}

function immutable(object: JsonObject, before: JsonObject | undefined, path: string[]): Cause[] {
  const now = at(object, ...path);
  if (before === undefined || equal(at(before, ...path), now)) return [];
  return [invalidValue(path.join("."), canonical(now), "field is immutable")];
}
