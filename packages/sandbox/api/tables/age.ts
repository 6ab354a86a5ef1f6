import type { Json } from "../../json.ts";

/** How long ago a timestamp was, as tables have it: `<unknown>` without one. */
export function age(timestamp: Json | undefined, now: Date): string {
  return typeof timestamp === "string" ? humanDuration(now.getTime() - Date.parse(timestamp)) : "<unknown>";
}

const day = 24;
const year = 365 * day;

/** Two or three figures of a duration in milliseconds, such as `119s`, `7h5m` and `2d3h`. */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1_000);
  if (seconds < -1) return "<invalid>";
  if (seconds < 120) return `${Math.max(0, seconds)}s`;
  const minutes = Math.trunc(seconds / 60);
  if (minutes < 10) return joined([minutes, "m"], [seconds % 60, "s"]);
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.trunc(minutes / 60);
  if (hours < 8) return joined([hours, "h"], [minutes % 60, "m"]);
  if (hours < 2 * day) return `${hours}h`;
  const days = Math.trunc(hours / day);
  if (hours < 8 * day) return joined([days, "d"], [hours % day, "h"]);
  if (hours < 2 * year) return `${days}d`;
  const years = Math.trunc(hours / year);
  return hours < 8 * year ? joined([years, "y"], [days % 365, "d"]) : `${years}y`;
}

function joined([most, large]: [number, string], [rest, small]: [number, string]): string {
  return `${most}${large}${rest === 0 ? "" : `${rest}${small}`}`;
}
