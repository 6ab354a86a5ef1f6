import { at, canonical, type Json, type JsonObject, objectAt } from "../json.ts";
import { type Cause, notSupported } from "../status.ts";
import { invalidValue, leastZero } from "./names.ts";

/** What is wrong with a Deployment besides its replicas, its selector and its template. */
export function deploymentCauses(object: JsonObject): Cause[] {
  const spec = objectAt(object, "spec");
  const { minReadySeconds = 0, progressDeadlineSeconds: deadline } = spec;
  const isShort = typeof deadline === "number" && deadline <= Number(minReadySeconds);
  const field = "spec.progressDeadlineSeconds";
  return [
    ...strategyCauses(objectAt(spec, "strategy")),
    ...leastZero(spec.minReadySeconds, "spec.minReadySeconds"),
    ...leastZero(spec.revisionHistoryLimit, "spec.revisionHistoryLimit"),
    ...leastZero(deadline, field),
    ...(isShort ? [invalidValue(field, String(deadline), "must be greater than minReadySeconds")] : []),
  ];
}

function strategyCauses(strategy: JsonObject): Cause[] {
  const { type, rollingUpdate } = strategy;
  if (type === "Recreate") {
    const message = "Forbidden: may not be specified when strategy `type` is 'Recreate'";
    return rollingUpdate === undefined
      ? []
      : [{ reason: "FieldValueForbidden", message, field: "spec.strategy.rollingUpdate" }];
  }
  if (type === "RollingUpdate") return rollingCauses(objectAt(rollingUpdate), "spec.strategy.rollingUpdate");
  const shown = `{"Type":${JSON.stringify(type)},"RollingUpdate":${rollingUpdate === undefined ? "null" : canonical(rollingUpdate)}}`;
  return [notSupported("spec.strategy", shown, ["Recreate", "RollingUpdate"])];
}

function rollingCauses({ maxSurge, maxUnavailable }: JsonObject, field: string): Cause[] {
  const stuck = isNothing(maxSurge) && isNothing(maxUnavailable);
  return [
    ...amountCauses(maxUnavailable, `${field}.maxUnavailable`),
    ...amountCauses(maxSurge, `${field}.maxSurge`),
    ...(stuck
      ? [invalidValue(`${field}.maxUnavailable`, JSON.stringify(maxUnavailable), "may not be 0 when `maxSurge` is 0")]
      : []),
  ];
}

function isNothing(amount: Json | undefined): boolean {
  return amount === 0 || amount === "0%";
}

const percentText =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

function amountCauses(amount: Json | undefined, field: string): Cause[] {
  if (typeof amount === "string" && !/^[0-9]+%$/.test(amount)) {
    return [invalidValue(field, JSON.stringify(amount), percentText)];
  }
  return leastZero(amount, field);
}

/** The pods of a workload that keeps them running start again whenever they end. */
export function restartCauses(object: JsonObject): Cause[] {
  const policy = at(object, "spec", "template", "spec", "restartPolicy");
  const field = "spec.template.spec.restartPolicy";
  return policy === "Always" || policy === undefined ? [] : [notSupported(field, JSON.stringify(policy), ["Always"])];
}
