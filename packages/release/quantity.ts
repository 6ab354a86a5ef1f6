const factors: Readonly<Record<string, number>> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity: the number that a quantity such as `250m`, `64Mi` or `1e3` stands for; `undefined` if it is none. */
export function parseQuantity(text: unknown): number | undefined {
  if (typeof text === "number") return text;
  const found = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([numkMGTPE]?|[KMGTPE]i)$/.exec(String(text ?? ""));
  const factor = factors[found?.[2] ?? ""];
  return found === null || factor === undefined ? undefined : exactQuantity(Number(found[1]) * factor);
}

/** What quantities come to that were added up or divided, to a billionth as Kubernetes counts: in binary numbers 100m three times are more than 300m. */
export function exactQuantity(amount: number): number {
  return Number.isInteger(amount) ? amount : Math.round(amount * 1e9) / 1e9;
}

/** Such as `1500m`, `64Mi`, `3`: bytes by powers of two where they come out even or are many, all else to a thousandth. */
export function formatQuantity(amount: number, isBytes = false): string {
  if (!isBytes) return Number.isInteger(amount) ? String(amount) : `${Math.ceil(exactQuantity(amount * 1_000))}m`;
  const unit = ["Ti", "Gi", "Mi", "Ki"].find((name) => amount >= (factors[name] ?? 0));
  return unit === undefined
    ? String(Math.ceil(amount))
    : `${Math.round((amount / (factors[unit] ?? 1)) * 10) / 10}${unit}`;
}
