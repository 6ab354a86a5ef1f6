/**
 * run.ts [--count 500] [--seed 1] [--jobs 3] [--point POINT]: lives through points at which a process of the bundle is killed
 * or cancelled. Ends with 1 if anything was not as it must be, and says how to see it again.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { lengthOf, live } from "./live-point.ts";
import { cancellations, drawn, isStory, type Lengths, nameOf, type Point, pointOf, slow } from "./point.ts";
import { stories } from "./stories.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "500" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: String(availableParallelism() + 1) },
    point: { type: "string" },
  },
});

if (values.point === undefined) await sweep(Number(values.count), Number(values.seed));
else await again(pointOf(values.point));

async function again(point: Point): Promise<void> {
  const { log, isStruck, wrongs } = await live(point);
  console.log([log, isStruck ? "It was struck." : "It was not struck.", ...wrongs].join("\n"));
  if (wrongs.length > 0) process.exitCode = 1;
}

async function sweep(count: number, seed: number): Promise<void> {
  console.log(`seed ${seed}`);
  const lengths = await lengthsOfAll();
  console.log(`requests of a run: ${JSON.stringify(lengths)}`);
  // They wait far more than they work.
  const waiting = tally("waits that only real time ends", slow(lengths, seed), { enough: 100, abreast: 100 });
  const abreast = Number(values.jobs);
  await tally("cancelled at every request", cancellations(lengths, seed), { enough: 1_000, abreast });
  await tally("struck anywhere", drawn(lengths, seed), { enough: count, abreast });
  await waiting;
}

async function lengthsOfAll(): Promise<Lengths> {
  const all: Record<string, number> = {};
  for (const name of Object.keys(stories).filter(isStory)) all[name] = await lengthOf(stories[name]);
  return all as Lengths;
}

/** Lives through points until `enough` runs were struck, or none is left; some side by side. */
async function tally(name: string, points: Iterable<Point>, how: { enough: number; abreast: number }): Promise<void> {
  const started = performance.now();
  const queue = points[Symbol.iterator]();
  const counts = { struck: 0, missed: 0, failed: 0 };
  const work = async (): Promise<void> => {
    while (counts.struck < how.enough) {
      const next = queue.next();
      if (next.done === true) return;
      const { isStruck, wrongs, log } = await live(next.value);
      counts[isStruck ? "struck" : "missed"] += 1;
      if (wrongs.length === 0) continue;
      counts.failed += 1;
      process.exitCode = 1;
      const replay = `node test/sweep/processes/run.ts --point ${nameOf(next.value)}`;
      console.error([log, ...wrongs, `Again: ${replay}`].join("\n"));
    }
  };
  await Promise.all(Array.from({ length: how.abreast }, work));
  console.log(`${name}: ${JSON.stringify(counts)}, ${((performance.now() - started) / 1_000).toFixed(1)} s`);
}
