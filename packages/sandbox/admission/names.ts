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

/** What is wrong with labels. */
export function labelCauses(labels: Readonly<Record<string, unknown>>, field: string): Cause[] {
  return Object.values(labels).flatMap((value) => {
    const text = String(value);
    if (!labelValue.test(text)) return [invalidValue(field, JSON.stringify(text), labelValueText)];
    const long = "must be no more than 63 bytes";
    return text.length > 63 ? [invalidValue(field, JSON.stringify(text), long)] : [];
  });
}

export function invalidValue(field: string, value: string, why: string): Cause {
  return { reason: "FieldValueInvalid", message: `Invalid value: ${value}: ${why}`, field };
}

export function required(field: string, why = ""): Cause {
  const message = why === "" ? "Required value" : `Required value: ${why}`;
  return { reason: "FieldValueRequired", message, field };
}
