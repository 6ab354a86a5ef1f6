import { isRefusedIntent, isUnreached } from "./status.ts";
import type { Headers, Outcome } from "./transport.ts";

/**
 * Milliseconds for which a request is tried again: short until the server has answered once, as the address may be wrong, and
 * short where it is likely to stay so.
 */
export const patienceWith = { stranger: 3_000, known: 60_000 } as const;
const longestWait = 8_000;
const firstWait = 250;
/** Tries that a server may send away with `Retry-After`, and the longest such wait that is obeyed as it stands. */
const mostTries = 12;
const longestRetryAfter = 120_000;

export interface Try {
  outcome: Outcome;
  /** Asking twice can do no harm. */
  repeatable: boolean;
  /** Tries before this one. */
  tries: number;
  /** Milliseconds since the first. */
  elapsed: number;
  /** Milliseconds from the first try in which there may be another. */
  patience: number;
  /** Calendar time, for `Retry-After` given as a date. */
  date: Date;
}

/**
 * Milliseconds to wait before the next try, or `undefined` where there must be none. Reads are tried again after a reset,
 * a time-out, 429 and 5xx; writes only where nothing can have happened: 429, and no connection.
 */
export function waitBeforeRetry(made: Try): number | undefined {
  if (made.tries + 1 >= mostTries || !mayRepeat(made)) return undefined;
  const backoff = Math.min(longestWait, firstWait * 2 ** made.tries);
  const asked = made.outcome.kind === "answer" ? retryAfter(made.outcome.headers, made.date) : undefined;
  if (asked !== undefined) return asked > longestRetryAfter ? undefined : Math.max(asked, backoff);
  // However long its answer was waited for, nothing is given up for one that was lost.
  const isFirstLoss = made.outcome.kind === "lost" && made.tries === 0;
  return backoff > patienceOf(made) - made.elapsed && !isFirstLoss ? undefined : backoff;
}

function patienceOf({ outcome, patience }: Try): number {
  const isLikelyToStay = outcome.kind === "answer" && isUnreached(outcome.text);
  return isLikelyToStay ? Math.min(patience, patienceWith.stranger) : patience;
}

function mayRepeat({ outcome, repeatable }: Try): boolean {
  if (outcome.kind === "unsent") return !outcome.hopeless;
  if (outcome.kind === "lost") return repeatable;
  if (outcome.status === 429) return true;
  if (isRefusedIntent(outcome.text)) return false;
  return repeatable && (outcome.status >= 500 || outcome.status === 408) && outcome.status !== 501;
}

/** `Retry-After` in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfter(headers: Headers, now: Date): number | undefined {
  const value = headers["retry-after"];
  if (typeof value !== "string") return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
