import { CutoverError, type WebAnswer } from "@cutover/release";

/** How often it is asked once more, and the longest wait for it. */
const mostRetries = 3;
export const longestWait = 90_000;

/** GitHub's own advice where an answer names no time. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const withoutAdvice = 60_000;

/** Milliseconds to wait before the same is asked again; `undefined` where it would not help, or would take too long. */
export function waitBeforeRetry(outcome: WebAnswer | CutoverError, tries: number, now: Date): number | undefined {
  if (tries >= mostRetries) return undefined;
  if (outcome instanceof CutoverError) return 1_000 * 2 ** tries;
  const limit = waitOfLimit(outcome, now);
  if (limit !== undefined) return limit <= longestWait ? limit : undefined;
  return outcome.status >= 500 ? 1_000 * 2 ** tries : undefined;
}

/** Milliseconds until GitHub answers again, where it refuses because it was asked too much; `undefined` for any other answer. */
export function waitOfLimit({ status, headers, body }: WebAnswer, now: Date): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const { "retry-after": after = "" } = headers;
  if (/^\d+$/.test(after)) return Number(after) * 1_000;
  if (headers["x-ratelimit-remaining"] === "0")
    return Math.max(1_000, Number(headers["x-ratelimit-reset"]) * 1_000 - now.getTime()) || withoutAdvice;
  return status === 429 || /secondary rate limit/i.test(body) ? withoutAdvice : undefined;
}
