/** Milliseconds per unit. */
const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `5m`, `1h30m`, `250ms`, `30d` in milliseconds, a day of 24 hours; `undefined` for anything else. A bare `0` is zero. */
export function parseDuration(text: string): number | undefined {
  if (text === "0") return 0;
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) return undefined;
  let total = 0;
  for (const [unit, milliseconds] of Object.entries(units)) {
    const amounts = text.matchAll(new RegExp(`[\\d.]+(?=${unit}(?![a-z]))`, "g"));
    for (const [amount] of amounts) total += Number(amount) * milliseconds;
  }
  return Number.isSafeInteger(Math.round(total)) ? Math.round(total) : undefined;
}

/** Milliseconds as people say it: `250 ms`, `4.2 s`, `3 min 5 s`, `26 h`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  if (Math.round(ms) < 1_000) return `${Math.round(ms)} ms`;
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return `${tenths / 10} s`;
  const total = ms / 1_000;
  if (total < 7_199.5) return inParts(total, [60, "min"], [1, "s"]);
  return total < 172_770 ? inParts(total, [3_600, "h"], [60, "min"]) : inParts(total, [86_400, "d"], [3_600, "h"]);
}

type Unit = readonly [seconds: number, name: string];

/** Rounded to the small unit. */
function inParts(seconds: number, [large, name]: Unit, [small, smallName]: Unit): string {
  const total = Math.round(seconds / small);
  const rest = total % (large / small);
  const whole = `${(total - rest) / (large / small)} ${name}`;
  return rest === 0 ? whole : `${whole} ${rest} ${smallName}`;
}
