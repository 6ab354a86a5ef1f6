import type { Frame } from "./job-state.ts";

/** What ends a step before its time. */
export interface StepControl extends Disposable {
  readonly signal: AbortSignal;
  /** Why it was ended, if it was. */
  reason(): "cancelled" | "timed-out" | undefined;
}

/**
 * Cancels a step with what it runs in, unless its condition still holds then, as `always()` does; and after `minutes`,
 * if it has a limit.
 */
export function controlStep(frame: Frame, stillHolds: () => boolean, minutes: number | undefined): StepControl {
  const abort = new AbortController();
  let reason: "cancelled" | "timed-out" | undefined;
  const end = (why: typeof reason) => {
    reason ??= why;
    abort.abort();
  };
  const onAbort = () => {
    if (!stillHolds()) end("cancelled");
  };
  // One that starts after the cancellation starts because its condition holds nevertheless.
  if (!frame.signal.aborted) frame.signal.addEventListener("abort", onAbort, { once: true });
  const timer = minutes === undefined ? undefined : setTimeout(() => end("timed-out"), minutes * 60_000);
  return {
    signal: abort.signal,
    reason: () => reason,
    [Symbol.dispose]() {
      frame.signal.removeEventListener("abort", onAbort);
      clearTimeout(timer);
    },
  };
}
