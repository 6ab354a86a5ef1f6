/** What ends a job or a step before its time. */
export interface Control extends Disposable {
  readonly signal: AbortSignal;
  /** Why it was ended, if it was. */
  reason(): "cancelled" | "timed-out" | undefined;
}

/**
 * Cancels a job or a step with what is around it, unless its condition still holds then, as `always()` does; and after
 * `minutes`, if it has a limit.
 */
export function control(around: AbortSignal, stillHolds: () => boolean, minutes?: number): Control {
  const abort = new AbortController();
  let reason: "cancelled" | "timed-out" | undefined;
  const end = (why: typeof reason) => {
    reason ??= why;
    abort.abort();
  };
  const onAbort = () => {
    if (!stillHolds()) end("cancelled");
  };
  // What starts after the cancellation starts because its condition holds nevertheless.
  if (!around.aborted) around.addEventListener("abort", onAbort, { once: true });
  const timer = minutes === undefined ? undefined : setTimeout(() => end("timed-out"), minutes * 60_000);
  return {
    signal: abort.signal,
    reason: () => reason,
    [Symbol.dispose]() {
      around.removeEventListener("abort", onAbort);
      clearTimeout(timer);
    },
  };
}
