const label = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
const labelPattern = new RegExp(`^${label}$`);
const subdomainPattern = new RegExp(`^${label}(?:\\.${label})*$`);
const qualifiedPattern = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Whether `text` may name a Service or a namespace: a label of RFC 1123, at most 63 characters. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && labelPattern.test(text);
}

/** Whether `text` may name a Deployment: a subdomain of RFC 1123, at most 253 characters. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && subdomainPattern.test(text);
}

/** Whether `text` may be the key of a label: `name` or `prefix/name`. */
export function isLabelKey(text: string): boolean {
  const [name = "", prefix, ...rest] = text.split("/").toReversed();
  if (rest.length > 0 || (prefix !== undefined && !isDnsSubdomain(prefix))) return false;
  return name.length <= 63 && qualifiedPattern.test(name);
}

/** Whether `text` may be the value of a label; the empty one may. */
export function isLabelValue(text: string): boolean {
  return text === "" || (text.length <= 63 && qualifiedPattern.test(text));
}

/** Whether `text` gives each color a name: `{color}` in it, `{service}` if wanted, nothing else in braces. */
export function isSlotPattern(text: string): boolean {
  if (!text.includes("{color}")) return false;
  return isDnsSubdomain(text.replaceAll("{color}", "green").replaceAll("{service}", "s"));
}
