import { parseQuantity } from "@cutover/release";
import type { JsonObject } from "../json.ts";

/** A sum of quantities, written as Kubernetes would: `1500m`, `3`, `2Gi`. */
export function totalText(values: readonly string[]): string {
  const [only] = values;
  if (only !== undefined && values.length === 1) return only;
  const total = values.reduce((sum, value) => sum + amountOf(value), 0);
  const binary = ["Ei", "Pi", "Ti", "Gi", "Mi", "Ki"].map(
    (suffix) => [suffix, parseQuantity(`1${suffix}`) ?? 1] as const,
  );
  if (values.some((value) => value.endsWith("i"))) {
    const [suffix = "", factor = 1] = binary.find(([, size]) => total >= size && total % size === 0) ?? [];
    return `${total / factor}${suffix}`;
  }
  return Number.isInteger(total) ? String(total) : `${Math.ceil(total * 1_000)}m`;
}

export function amountOf(quantity: unknown): number {
  return parseQuantity(typeof quantity === "number" ? quantity : String(quantity ?? "0")) ?? 0;
}

/** What a container asks for; a limit without a request is the request too. */
export function requestsOf(resources: JsonObject): JsonObject {
  return { ...(resources.limits as JsonObject | undefined), ...(resources.requests as JsonObject | undefined) };
}
