import type { KindName } from "../kinds.ts";
import type { Cause } from "../status.ts";

const subdomain = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  most: 253,
  text: "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
};
const label = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  most: 63,
  text: "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
};
const serviceName = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  most: 63,
  text: "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
};

const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const labelValueText =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** What is wrong with an object's name. */
export function nameCauses(kind: KindName, name: string): Cause[] {
  const rule = kind === "Service" ? serviceName : kind === "Namespace" ? label : subdomain;
  const causes: Cause[] = [];
  if (!rule.pattern.test(name)) causes.push(invalidValue("metadata.name", JSON.stringify(name), rule.text));
  const long = `must be no more than ${rule.most} characters`;
  if (name.length > rule.most) causes.push(invalidValue("metadata.name", JSON.stringify(name), long));
  return causes;
}

const namePart =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

/** What a key with too many parts is told. */
export const qualifiedNameText = `a qualified name ${namePart} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;

/** What is wrong with the key of a label or an annotation, such as `example.com/name`. */
export function qualifiedNameCauses(key: string, field: string): Cause[] {
  const parts = key.split("/");
  const wrong = (why: string): Cause => invalidValue(field, JSON.stringify(key), why);
  if (parts.length > 2) return [wrong(qualifiedNameText)];
  const [name = "", prefix] = parts.toReversed();
  return [
    ...(prefix === "" ? [wrong("prefix part must be non-empty")] : []),
    ...(prefix !== undefined && prefix !== "" && !subdomain.pattern.test(prefix)
      ? [wrong(`prefix part ${subdomain.text}`)]
      : []),
    ...(name === "" ? [wrong("name part must be non-empty")] : []),
    ...(name.length > 63 ? [wrong("name part must be no more than 63 characters")] : []),
    ...(/^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(name) ? [] : [wrong(`name part ${namePart}`)]),
  ];
}

/** What is wrong with labels. */
export function labelCauses(labels: Readonly<Record<string, unknown>>, field: string): Cause[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const text = String(value);
    return [
      ...qualifiedNameCauses(key, field),
      ...(labelValue.test(text) ? [] : [invalidValue(field, JSON.stringify(text), labelValueText)]),
      ...(text.length > 63 ? [invalidValue(field, JSON.stringify(text), "must be no more than 63 characters")] : []),
    ];
  });
}

/** What is wrong with a name that is a single label, such as a container's. */
export function dnsLabelCauses(name: string, field: string): Cause[] {
  const wrong = (why: string): Cause => invalidValue(field, JSON.stringify(name), why);
  return [
    ...(label.pattern.test(name) ? [] : [wrong(label.text)]),
    ...(name.length > label.most ? [wrong(`must be no more than ${label.most} characters`)] : []),
  ];
}

export function portCauses(port: number, field: string): Cause[] {
  const isPort = port >= 1 && port <= 65_535;
  return isPort ? [] : [invalidValue(field, String(port), "must be between 1 and 65535, inclusive")];
}

/** Refuses numbers below zero; what is no number is somebody else's matter. */
export function leastZero(value: unknown, field: string): Cause[] {
  if (typeof value !== "number" || value >= 0) return [];
  return [invalidValue(field, String(value), "must be greater than or equal to 0")];
}

export function invalidValue(field: string, value: string, why: string): Cause {
  return { reason: "FieldValueInvalid", message: `Invalid value: ${value}: ${why}`, field };
}

export function required(field: string, why = ""): Cause {
  const message = why === "" ? "Required value" : `Required value: ${why}`;
  return { reason: "FieldValueRequired", message, field };
}
