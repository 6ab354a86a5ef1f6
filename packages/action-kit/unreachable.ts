import { CutoverError, formatDuration } from "@cutover/release";

/** How long somebody was waited for. */
interface Patience {
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** @param who such as `https://shop.example` or `db.internal:5432`. @param error what was thrown; one of ours stays what it is */
export function unreachable(who: string, { timeout, signal }: Patience, error: unknown): CutoverError {
  if (error instanceof CutoverError) return error;
  const isLate = error instanceof Error && error.name === "TimeoutError" && signal?.aborted !== true;
  const why = isLate ? `no answer within ${formatDuration(timeout)}` : messageOf(error);
  return new CutoverError("unreachable", `${who} cannot be reached: ${why}`, {
    hint: "See that the address is right and that this runner may connect to it.",
    cause: error,
  });
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Of several addresses each has failed in its own way; the first tells enough.
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  return error.message || error.name;
}
