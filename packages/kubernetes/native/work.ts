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

/** The action's deadline. It is spent while this engine is at work: not while it waits for others, in lock, soak or drain. */
export interface Budget {
  /** Milliseconds. */
  left(): number;
  /** Runs `body`, which spends of it. */
  spend<T>(body: () => Promise<T>): Promise<T>;
  /** Runs `body`, a part of what spends, while the budget stands still. */
  exempt<T>(body: () => Promise<T>): Promise<T>;
}

export function createBudget(clock: Clock, total: number): Budget {
  let spent = 0;
  let since: number | undefined;
  const running = () => (since === undefined ? 0 : clock.now() - since);
  /** From here on it runs, or stands still. */
  const turn = (runs: boolean) => {
    spent += running();
    since = runs ? clock.now() : undefined;
  };
  const during = async <T>(runs: boolean, body: () => Promise<T>): Promise<T> => {
    const before = since !== undefined;
    turn(runs);
    try {
      return await body();
    } finally {
      turn(before);
    }
  };
  return {
    left: () => total - spent - running(),
    spend: (body) => during(true, body),
    exempt: (body) => during(false, body),
  };
}
