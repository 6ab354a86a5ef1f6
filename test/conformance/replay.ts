/**
 * replay.ts SEED [OPERATIONS] [SEQUENCE]: random operations on the real cluster and on a sandbox, and where they first
 * answer differently, sequence by sequence; or one sequence alone.
 */
import { startBoth } from "./both.ts";
import { described } from "./difference.ts";
import { diverges } from "./random.ts";
import { randomly, sequenceLength } from "./random-run.ts";

const [seed = 1, operations = 2_000, only] = process.argv.slice(2).map(Number);
await using both = await startBoth(`conform-random-${Date.now().toString(36)}`);
const found =
  only === undefined
    ? await randomly({ seed, operations }, both)
    : [await diverges({ seed, index: only, length: sequenceLength }, both.real, both.sandbox)];
for (const divergence of found) {
  if (divergence === undefined) continue;
  console.log(`\nseed ${seed}, sequence ${divergence.sequence.index}, operation ${divergence.operations.length}`);
  const shown = only === undefined ? divergence.operations.slice(-1) : divergence.operations;
  for (const { method, path, type = "", body } of shown)
    console.log(`  ${method} ${path} ${type} ${JSON.stringify(body)}`);
  for (const difference of divergence.differences) console.log(`  ${described(difference)}`);
}
console.log(`${found.filter((one) => one !== undefined).length} of ${found.length} sequences differ`);
