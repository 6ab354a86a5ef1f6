/** Names and values, as on objects. */
export type Labels = Readonly<Record<string, string>>;

/** Whether a label selector (`matchLabels`, `matchExpressions`) selects these labels. A selector that names nothing selects nothing here. */
export function selects(selector: unknown, labels: Labels): boolean {
  if (!isObject(selector)) return false;
  const expressions = Array.isArray(selector.matchExpressions) ? selector.matchExpressions : [];
  const wanted = isStringMap(selector.matchLabels) ? selector.matchLabels : {};
  if (Object.keys(wanted).length + expressions.length === 0) return false;
  return (
    matches(wanted, labels) && expressions.every((expression) => isObject(expression) && holds(expression, labels))
  );
}

/** Whether `labels` carry every wanted label; a Service's selector is such a map. Wanting nothing matches nothing here. */
export function selectsPlainly(wanted: unknown, labels: Labels): boolean {
  return isStringMap(wanted) && Object.keys(wanted).length > 0 && matches(wanted, labels);
}

function matches(wanted: Labels, labels: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

function holds(expression: JsonObject, labels: Labels): boolean {
  const label = typeof expression.key === "string" ? labels[expression.key] : undefined;
  const values: readonly unknown[] = Array.isArray(expression.values) ? expression.values : [];
  if (expression.operator === "In") return label !== undefined && values.includes(label);
  if (expression.operator === "NotIn") return label === undefined || !values.includes(label);
  if (expression.operator === "Exists") return label !== undefined;
  return expression.operator === "DoesNotExist" && label === undefined;
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStringMap(value: unknown): value is Labels {
  return isObject(value) && Object.values(value).every((entry) => typeof entry === "string");
}
