import type { Clock } from "@cutover/release";

/** How long one answer may take, in milliseconds. */
export interface Terms {
  /** Until its first byte. */
  first: number;
  /** Between two of its chunks. */
  idle: number;
  /** Whole; without end if not given. */
  total?: number;
}

/** Waits for one answer on the client's clock, so that in virtual time a server that says nothing is given up too. */
export interface Patience {
  /** Aborts when it ends, or when the caller's own signal does. */
  readonly signal: AbortSignal;
  /** Why it ended before the answer did. */
  readonly lost: Error | undefined;
  /** Something came. */
  heard(): void;
  /** The answer is there. */
  end(): void;
}

export function startPatience(clock: Clock, terms: Terms, caller: AbortSignal | undefined): Patience {
  const controller = new AbortController();
  const answered = new AbortController();
  const started = clock.now();
  const last = started + (terms.total ?? Number.POSITIVE_INFINITY);
  let lost: Error | undefined;
  let next = { at: started + terms.first, message: `no answer within ${seconds(terms.first)}` };
  const follow = () => controller.abort(caller?.reason);
  const end = () => {
    // A reason of its own, as the usual one collects a stack.
    answered.abort("answered");
    caller?.removeEventListener("abort", follow);
  };
  const watch = async (): Promise<void> => {
    for (;;) {
      // Something may come, and the shorter term begin, while it sleeps.
      await clock.sleep(Math.min(next.at - clock.now(), last - clock.now(), terms.idle), answered.signal);
      if (answered.signal.aborted) return;
      const now = clock.now();
      if (now < next.at && now < last) continue;
      lost = new Error(now >= last ? `no whole answer within ${seconds(last - started)}` : next.message);
      return controller.abort(lost);
    }
  };
  if (caller?.aborted === true) follow();
  else caller?.addEventListener("abort", follow);
  void watch();
  return {
    signal: controller.signal,
    get lost() {
      return lost;
    },
    heard() {
      next = { at: clock.now() + terms.idle, message: `nothing more of the answer within ${seconds(terms.idle)}` };
    },
    end,
  };
}

function seconds(ms: number): string {
  return `${ms / 1_000} s`;
}
