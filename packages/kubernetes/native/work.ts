import type { Clock, Evidence } from "@cutover/release";
import type { Claim } from "./conditional.ts";
import type { Setting } from "./setting.ts";
import type { Snapshot } from "./snapshot.ts";

/** What a step proved, and the world as it knows it afterwards; where it knows too little of it, everything is read again. */
export interface Done {
  evidence: Evidence;
  snapshot?: Snapshot;
}

/** What a step works with. */
export interface Work {
  setting: Setting;
  /** As last read; every write is conditional on what it shows. */
  snapshot: Snapshot;
  claim: Claim;
  /** Aborts when the job is cancelled or the lock is lost. */
  signal: AbortSignal;
  budget: Budget;
}

/** The action's deadline, from which lock, soak and drain are exempt. */
export interface Budget {
  /** Milliseconds. */
  left(): number;
  /** Runs `body` while the budget stands still. */
  exempt<T>(body: () => Promise<T>): Promise<T>;
}

export function createBudget(clock: Clock, total: number): Budget {
  const started = clock.now();
  let exempted = 0;
  return {
    left: () => total - (clock.now() - started - exempted),
    exempt: async (body) => {
      const entered = clock.now();
      try {
        return await body();
      } finally {
        exempted += clock.now() - entered;
      }
    },
  };
}
