import { at, isList, isObject, type Json, type JsonObject, objectAt } from "../../json.ts";

/** The list there, or an empty one. */
export function listAt(value: Json | undefined, ...path: string[]): readonly Json[] {
  const found = at(value, ...path);
  return isList(found) ? found : [];
}

export function countAt(value: Json | undefined, ...path: string[]): number {
  return Number(at(value, ...path) ?? 0);
}

export function textAt(value: Json | undefined, ...path: string[]): string {
  return String(at(value, ...path) ?? "");
}

/** In the order of their characters. */
export function sorted(texts: readonly string[]): string[] {
  return texts.toSorted((a, b) => (a < b ? -1 : 1));
}

/** `a=b,c=d`, or `<none>`. */
export function labelsText(labels: Json | undefined): string {
  const pairs = isObject(labels) ? Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`) : [];
  return pairs.length === 0 ? "<none>" : sorted(pairs).join(",");
}

/** A label selector as it is written in one line. */
export function selectorText(selector: Json | undefined): string {
  const equal = Object.entries(objectAt(selector, "matchLabels")).map(([key, value]) => [
    key,
    `${key}=${String(value)}`,
  ]);
  const more = listAt(selector, "matchExpressions").map((expression) => {
    const key = textAt(expression, "key");
    const operator = textAt(expression, "operator");
    const values = sorted(listAt(expression, "values").map(String)).join(",");
    if (operator === "Exists" || operator === "DoesNotExist") return [key, operator === "Exists" ? key : `!${key}`];
    return [key, `${key} ${operator.toLowerCase()} (${values})`];
  });
  const texts = [...equal, ...more].toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return texts.length === 0 ? "<none>" : texts.join(",");
}

/** Names and images of a pod template's containers. */
export function containerTexts(template: JsonObject): [string, string] {
  const containers = listAt(template, "spec", "containers");
  return [
    containers.map((container) => textAt(container, "name")).join(","),
    containers.map((container) => textAt(container, "image")).join(","),
  ];
}

/** At most three of them, and how many more there are. */
export function firstThree(texts: readonly string[]): string {
  const shown = texts.slice(0, 3).join(",");
  if (texts.length > 3) return `${shown} + ${texts.length - 3} more...`;
  return shown === "" ? "<unset>" : shown;
}
