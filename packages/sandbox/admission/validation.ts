import type { Strings } from "../api-object.ts";
import { at, canonical, equal, isList, isObject, type Json, type JsonObject, objectAt } from "../json.ts";
import type { KindName } from "../kinds.ts";
import { selectorMatcher } from "../selectors.ts";
import type { Cause } from "../status.ts";
import type { LabelSelector } from "../workloads.ts";
import { containerCauses } from "./container-validation.ts";
import { dataCauses, dataChangeCauses } from "./data-validation.ts";
import { deploymentCauses, restartCauses } from "./deployment-validation.ts";
import { metadataCauses } from "./metadata-validation.ts";
import { invalidValue, labelCauses, leastZero, required } from "./names.ts";
import { serviceCauses } from "./service-validation.ts";
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
    ...restartCauses(object),
    ...deploymentCauses(object),
    ...immutable(object, before, ["spec", "selector"]),
  ],
  ReplicaSet: (object, before) => [
    ...workload(object),
    ...restartCauses(object),
    ...immutable(object, before, ["spec", "selector"]),
  ],
  Pod: (object, before) => [...podSpec(at(object, "spec"), "spec"), ...podUpdate(object, before)],
  Service: serviceCauses,
  ControllerRevision: (object, before) => [
    ...immutable(object, before, ["data"]),
    ...(object.data === undefined ? [required("data", "data is mandatory")] : []),
  ],
  Lease: (object) => {
    const seconds = at(object, "spec", "leaseDurationSeconds");
    const isBad = typeof seconds === "number" && seconds <= 0;
    return [
      ...(isBad ? [invalidValue("spec.leaseDurationSeconds", String(seconds), "must be greater than 0")] : []),
      ...leastZero(at(object, "spec", "leaseTransitions"), "spec.leaseTransitions"),
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

function podSpec(spec: Json | undefined, field: string): Cause[] {
  const containers = at(spec, "containers");
  if (!isList(containers) || containers.length === 0) return [required(`${field}.containers`)];
  const first = at(spec, "initContainers");
  return [
    ...volumeCauses(spec, field),
    ...containerCauses(isList(first) ? first : [], `${field}.initContainers`),
    ...containerCauses(containers, `${field}.containers`),
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

function immutable(object: JsonObject, before: JsonObject | undefined, path: string[]): Cause[] {
  const now = at(object, ...path);
  if (before === undefined || equal(at(before, ...path), now)) return [];
  return [invalidValue(path.join("."), canonical(now), "field is immutable")];
}
