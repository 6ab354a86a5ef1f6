import { equal, type JsonObject, objectAt } from "../json.ts";
import type { Cause } from "../status.ts";
import { invalidValue } from "./names.ts";

const keyText =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

/** What may not change in a ConfigMap or a Secret. */
export function dataChangeCauses(object: JsonObject, before: JsonObject): Cause[] {
  const isRetyped = !equal(object.type, before.type);
  const frozen = ["immutable", "data", "binaryData"].filter((field) => !equal(object[field], before[field]));
  const message = "Forbidden: field is immutable when `immutable` is set";
  return [
    ...(isRetyped ? [invalidValue("type", JSON.stringify(object.type), "field is immutable")] : []),
    ...(before.immutable === true ? frozen.map((field) => ({ reason: "FieldValueForbidden", message, field })) : []),
  ];
}

/** What is wrong with the data of a ConfigMap or a Secret. */
export function dataCauses(object: JsonObject): Cause[] {
  const binary = objectAt(object, "binaryData");
  const invalid = (field: string, key: string, why: string): Cause =>
    invalidValue(`${field}[${key}]`, JSON.stringify(key), why);
  const keys = (field: string): Cause[] =>
    Object.keys(objectAt(object, field)).flatMap((key) => [
      ...(/^[-._a-zA-Z0-9]+$/.test(key) ? [] : [invalid(field, key, keyText)]),
      ...(field === "data" && binary[key] !== undefined
        ? [invalid(field, key, "duplicate of key present in binaryData")]
        : []),
    ]);
  return [...keys("data"), ...keys("binaryData")];
}
