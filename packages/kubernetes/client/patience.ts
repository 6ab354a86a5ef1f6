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
  /** Something came. */
  heard(): void;
  /** The answer is there, or is not wanted any more. */
  end(): void;
}

/** @param giveUp is told why, once, if the answer does not come in time */
export function startPatience(clock: Clock, terms: Terms, giveUp: (why: Error) => void): Patience {
  const started = clock.now();
  const last = started + (terms.total ?? Number.POSITIVE_INFINITY);
  let next = { at: started + terms.first, message: `no answer within ${seconds(terms.first)}` };
  let end = () => {};
  const watch = () => {
    // Something may come, and the shorter term begin, meanwhile.
    const least = Math.min(next.at - clock.now(), last - clock.now(), terms.idle);
    end = clock.schedule(least, () => {
      const now = clock.now();
      if (now < next.at && now < last) return watch();
      giveUp(new Error(now >= last ? `no whole answer within ${seconds(last - started)}` : next.message));
    });
  };
  watch();
  return {
    heard() {
      next = { at: clock.now() + terms.idle, message: `nothing more of the answer within ${seconds(terms.idle)}` };
    },
    end: () => end(),
  };
}

function seconds(ms: number): string {
  return `${ms / 1_000} s`;
}
