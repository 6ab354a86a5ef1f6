import { crashes } from "./crash.ts";
import { crashesAgain } from "./crash-again.ts";
import { faults, pairsOfFaults } from "./faults.ts";
import { mutations } from "./mutants.ts";
import { processes } from "./processes/sweeps.ts";
import { races } from "./races/race.ts";
import { staleHolders } from "./stale-holder.ts";
import type { Sweep } from "./sweep.ts";

/** Every sweep there is. */
export const sweeps: readonly Sweep[] = [
  crashes,
  crashesAgain,
  faults,
  pairsOfFaults,
  races,
  staleHolders,
  mutations,
  ...processes,
];
