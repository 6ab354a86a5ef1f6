import { parseQuantity } from "@cutover/release";
import { at, isList, isObject, type Json, objectAt } from "../json.ts";
import { type Cause, notSupported } from "../status.ts";
import { dnsLabelCauses, invalidValue, leastZero, portCauses, required } from "./names.ts";

/** What is wrong with the containers of a pod, in the server's order (kubernetes/pkg/apis/core/validation). */
export function containerCauses(containers: readonly Json[], field: string): Cause[] {
  const names = containers.map((container) => at(container, "name"));
  return containers.flatMap((container, index) => {
    const here = `${field}[${index}]`;
    const name = String(at(container, "name") ?? "");
    const isTwice = name !== "" && names.indexOf(name) < index;
    return [
      ...(name === "" ? [required(`${here}.name`)] : dnsLabelCauses(name, `${here}.name`)),
      ...(isTwice ? [duplicate(`${here}.name`, name)] : []),
      ...(typeof at(container, "image") === "string" ? [] : [required(`${here}.image`)]),
      ...probeNames.flatMap((kind) => probeCauses(at(container, kind), `${here}.${kind}`)),
      ...portsCauses(listAt(container, "ports"), `${here}.ports`),
      ...environmentCauses(listAt(container, "env"), `${here}.env`),
      ...pullPolicyCauses(at(container, "imagePullPolicy"), `${here}.imagePullPolicy`),
      ...resourceCauses(at(container, "resources"), `${here}.resources`),
    ];
  });
}

const probeNames = ["livenessProbe", "readinessProbe", "startupProbe"];

function listAt(value: Json, key: string): readonly Json[] {
  const found = at(value, key);
  return isList(found) ? found : [];
}

function duplicate(field: string, value: string): Cause {
  return { reason: "FieldValueDuplicate", message: `Duplicate value: ${JSON.stringify(value)}`, field };
}

const handlers = ["exec", "httpGet", "tcpSocket", "grpc"];
const periods = ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"];

function probeCauses(probe: Json | undefined, field: string): Cause[] {
  if (!isObject(probe)) return [];
  const [first, ...more] = handlers.filter((handler) => probe[handler] !== undefined);
  if (first === undefined) return [required(field, "must specify a handler type")];
  const second = more.map((handler) => ({
    reason: "FieldValueForbidden",
    message: "Forbidden: may not specify more than 1 handler type",
    field: `${field}.${handler}`,
  }));
  const port = at(probe, first, "port");
  const wrongPort = typeof port === "number" ? portCauses(port, `${field}.${first}.port`) : [];
  return [...second, ...wrongPort, ...periods.flatMap((name) => leastZero(probe[name], `${field}.${name}`))];
}

function portsCauses(ports: readonly Json[], field: string): Cause[] {
  const names = ports.map((port) => at(port, "name"));
  return ports.flatMap((port, index) => {
    const here = `${field}[${index}]`;
    const [name, number, protocol] = [at(port, "name"), at(port, "containerPort"), at(port, "protocol")];
    const isTwice = typeof name === "string" && names.indexOf(name) < index;
    return [
      ...(typeof name === "string" ? portNameCauses(name, `${here}.name`) : []),
      ...(isTwice ? [duplicate(`${here}.name`, name)] : []),
      ...(number === undefined || number === 0
        ? [required(`${here}.containerPort`)]
        : portCauses(Number(number), `${here}.containerPort`)),
      ...(["SCTP", "TCP", "UDP"].includes(String(protocol))
        ? []
        : [notSupported(`${here}.protocol`, JSON.stringify(protocol), ["SCTP", "TCP", "UDP"])]),
    ];
  });
}

/** What a port may be called by (IsValidPortName). */
export function portNameCauses(name: string, field: string): Cause[] {
  const wrong = (why: string): Cause => invalidValue(field, JSON.stringify(name), why);
  return [
    ...(name.length > 15 ? [wrong("must be no more than 15 characters")] : []),
    ...(/^[-a-z0-9]+$/.test(name)
      ? []
      : [wrong("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")]),
    ...(/[a-z]/.test(name) ? [] : [wrong("must contain at least one letter (a-z)")]),
    ...(name.includes("--") ? [wrong("must not contain consecutive hyphens")] : []),
    ...(/^-|-$/.test(name) ? [wrong("must not begin or end with a hyphen")] : []),
  ];
}

function environmentCauses(variables: readonly Json[], field: string): Cause[] {
  return variables.flatMap((variable, index) => {
    const both = at(variable, "valueFrom") !== undefined && (at(variable, "value") ?? "") !== "";
    const why = "may not be specified when `value` is not empty";
    return [
      ...((at(variable, "name") ?? "") === "" ? [required(`${field}[${index}].name`)] : []),
      ...(both ? [invalidValue(`${field}[${index}].valueFrom`, '""', why)] : []),
    ];
  });
}

function pullPolicyCauses(policy: Json | undefined, field: string): Cause[] {
  const known = ["Always", "IfNotPresent", "Never"];
  return known.includes(String(policy)) ? [] : [notSupported(field, JSON.stringify(policy), known)];
}

function resourceCauses(resources: Json | undefined, field: string): Cause[] {
  const limits = objectAt(resources, "limits");
  return Object.entries(objectAt(resources, "requests")).flatMap(([name, request]) => {
    const limit = limits[name];
    const [wanted, most] = [parseQuantity(request), parseQuantity(limit)];
    if (limit === undefined || wanted === undefined || most === undefined || wanted <= most) return [];
    const why = `must be less than or equal to ${name} limit of ${String(limit)}`;
    return [invalidValue(`${field}.requests`, JSON.stringify(String(request)), why)];
  });
}
