/** Milliseconds per unit. */
const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** `90s`, `5m`, `1h30m`, `250ms` in milliseconds; `undefined` for anything else. A bare `0` is zero. */
export function parseDuration(text: string): number | undefined {
  if (text === "0") return 0;
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const [unit, milliseconds] of Object.entries(units)) {
    const amounts = text.matchAll(new RegExp(`[\\d.]+(?=${unit}(?![a-z]))`, "g"));
    for (const [amount] of amounts) total += Number(amount) * milliseconds;
  }
  return Number.isSafeInteger(Math.round(total)) ? Math.round(total) : undefined;
}

/** Milliseconds as people say it: `250 ms`, `4.2 s`, `3 min 5 s`. */
export function formatDuration(ms: number): string {
  if (Math.round(ms) < 1_000) return `${Math.round(ms)} ms`;
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return `${tenths / 10} s`;
  const total = Math.round(ms / 1_000);
  const minutes = Math.floor(total / 60);
  return total % 60 === 0 ? `${minutes} min` : `${minutes} min ${total % 60} s`;
}
