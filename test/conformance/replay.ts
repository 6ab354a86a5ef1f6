/**
 * replay.ts SEED [OPERATIONS] [SEQUENCE]: random operations on the real cluster and on a sandbox, and where they first
 * answer differently, sequence by sequence; or one sequence alone.
 */
import { startBoth } from "./both.ts";
import { diverges, shown } from "./random.ts";
import { randomly, sequenceLength } from "./random-run.ts";

const [seed = 1, operations = 2_000, only] = process.argv.slice(2).map(Number);
await using both = await startBoth(`conform-random-${Date.now().toString(36)}`);
const found =
  only === undefined
    ? await randomly({ seed, operations }, both)
    : [await diverges({ seed, index: only, length: sequenceLength }, both.real, both.sandbox)];
const divergences = found.filter((one) => one !== undefined);
// One sequence is shown from its beginning, of many only where they end.
for (const one of divergences) {
  console.log(`\n${shown(only === undefined ? { ...one, operations: one.operations.slice(-1) } : one)}`);
}
console.log(`${divergences.length} of ${found.length} sequences differ`);
