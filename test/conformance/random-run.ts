import type { Both } from "./both.ts";
import { type Divergence, diverges } from "./random.ts";

/** Short enough to read when it fails, long enough for three managers to meet. */
export const sequenceLength = 25;

/** How many sequences run at a time. */
const workers = 8;

/** Runs so many operations in sequences, and returns for each where it diverges. */
export async function randomly(
  { seed, operations }: { seed: number; operations: number },
  { real, sandbox }: Both,
): Promise<readonly (Divergence | undefined)[]> {
  const count = Math.ceil(operations / sequenceLength);
  const found: (Divergence | undefined)[] = Array.from({ length: count });
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      found[index] = await diverges({ seed, index, length: sequenceLength }, real, sandbox);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return found;
}
