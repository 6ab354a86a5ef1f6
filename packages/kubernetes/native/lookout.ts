import { isHeld, isUnmoved, type LeaseSetting, type Sighting, sight } from "./lease.ts";

/** The looks at the lock of one who does not hold it. */
export interface Lookout {
  /** The last of them. */
  readonly last: Sighting | undefined;
  /** Whether what was seen of the world may be what another run had half done. */
  readonly isBusy: boolean;
  /** Runs `look` after a look at the lock, the first time, and between two of them where everything is to be seen anew. */
  around<T>(look: () => Promise<T>, anew: boolean): Promise<T>;
}

export function createLookout(setting: Pick<LeaseSetting, "client" | "clock" | "namespace" | "service">): Lookout {
  let last: Sighting | undefined;
  /** Whether somebody wrote on the lock around the last look. */
  let isMoving = false;
  return {
    get last() {
      return last;
    },
    get isBusy() {
      return isMoving || (last?.live !== undefined && isHeld(last.live));
    },
    around: async (look, anew) => {
      // Who waits for its turn to lock need not wait anew for a holder that has died.
      if (anew || last === undefined) last = await sight(setting, last);
      const seen = await look();
      if (anew) {
        const before = last;
        last = await sight(setting, before);
        isMoving = !isUnmoved(last, before);
      }
      return seen;
    },
  };
}
