import { isIP } from "node:net";
import { at, canonical, equal, isList, type Json, type JsonObject, objectAt } from "../json.ts";
import { type Cause, notSupported } from "../status.ts";
import { portNameCauses } from "./container-validation.ts";
import { dnsLabelCauses, invalidValue, labelCauses, portCauses, required } from "./names.ts";

const types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];

/** What is wrong with a Service, and with changing it. */
export function serviceCauses(object: JsonObject, before: JsonObject | undefined): Cause[] {
  const { ports: said, type, clusterIP, externalName, ...spec } = objectAt(object, "spec");
  const ports = isList(said) ? said : [];
  const isNameOnly = type === "ExternalName";
  const lacksPorts = !isNameOnly && clusterIP !== "None" && ports.length === 0;
  const isKnown = types.includes(String(type));
  return [
    ...(lacksPorts ? [required("spec.ports")] : []),
    ...(isNameOnly && externalName === undefined ? [required("spec.externalName")] : []),
    ...ports.flatMap((port, index) => portOf(port, `spec.ports[${index}]`, ports.length > 1)),
    ...labelCauses(objectAt(spec, "selector"), "spec.selector"),
    ...(isKnown ? [] : [notSupported("spec.type", JSON.stringify(type), types)]),
    ...ports.flatMap((port, index) => (isRepeated(port, ports.slice(0, index)) ? [repeated(port, index)] : [])),
    ...addressCauses(clusterIP, before, isNameOnly),
    ...balancerCauses(object),
  ];
}

function portOf(port: Json, field: string, hasOthers: boolean): Cause[] {
  const [name, number, target] = [at(port, "name"), at(port, "port") ?? 0, at(port, "targetPort")];
  return [
    ...(typeof name === "string" ? dnsLabelCauses(name, `${field}.name`) : []),
    ...(hasOthers && typeof name !== "string" ? [required(`${field}.name`)] : []),
    ...portCauses(Number(number), `${field}.port`),
    ...(typeof target === "string" ? portNameCauses(target, `${field}.targetPort`) : []),
    ...(typeof target === "number" ? portCauses(target, `${field}.targetPort`) : []),
  ];
}

function isRepeated(port: Json, others: readonly Json[]): boolean {
  const isSame = (other: Json): boolean =>
    equal(at(other, "port"), at(port, "port")) && equal(at(other, "protocol"), at(port, "protocol"));
  return others.some(isSame);
}

function repeated(port: Json, index: number): Cause {
  const [protocol, number] = [JSON.stringify(at(port, "protocol")), String(at(port, "port"))];
  const shown = `{"Name":"","Protocol":${protocol},"AppProtocol":null,"Port":${number},"TargetPort":0,"NodePort":0}`;
  return { reason: "FieldValueDuplicate", message: `Duplicate value: ${shown}`, field: `spec.ports[${index}]` };
}

function addressCauses(address: Json | undefined, before: JsonObject | undefined, isNameOnly: boolean): Cause[] {
  const field = "spec.clusterIPs[0]";
  const was = at(before, "spec", "clusterIP");
  const isAddress = address === undefined || address === "None" || isIP(String(address)) !== 0;
  const moved = before !== undefined && was !== undefined && !equal(was, address) && !isNameOnly;
  const why = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
  return [
    ...(isAddress ? [] : [invalidValue(field, JSON.stringify(address), why)]),
    ...(moved ? [invalidValue(field, canonical([address ?? null]), "may not change once set")] : []),
  ];
}

function balancerCauses(object: JsonObject): Cause[] {
  const isBalanced = at(object, "spec", "type") === "LoadBalancer";
  if (isBalanced || at(object, "status", "loadBalancer", "ingress") === undefined) return [];
  const message = "Forbidden: may only be used when `spec.type` is 'LoadBalancer'";
  return [{ reason: "FieldValueForbidden", message, field: "status.loadBalancer.ingress" }];
}
