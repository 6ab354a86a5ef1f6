/**
 * thousand-releases.ts [COUNT] [SEED]: lives through COUNT (1000) releases and rollbacks in virtual time, in shops of up to
 * 25 each, whose seeds count from SEED (1). Ends with 1 at the first that is not as it should be, and says how to see it again.
 */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { formatDuration } from "@cutover/release";
import { type Life, liveThrough } from "./life.ts";

interface Order {
  readonly seed: number;
  readonly count: number;
}

const perShop = 25;

if (isMainThread) await live(...process.argv.slice(2).map(Number));
else
  parentPort?.on("message", async ({ seed, count }: Order) => parentPort?.postMessage(await liveThrough(seed, count)));

async function live(count = 1_000, first = 1): Promise<void> {
  const started = performance.now();
  const shops = Array.from({ length: Math.ceil(count / perShop) }, (_, index) => {
    return { seed: first + index, count: Math.min(perShop, count - index * perShop) };
  });
  const lives: Life[] = [];
  const work = async (): Promise<void> => {
    const worker = new Worker(import.meta.filename);
    for (let shop = shops.shift(); shop !== undefined; shop = shops.shift()) {
      const life = await ask(worker, shop);
      lives.push(life);
      if (life.problem === undefined) continue;
      console.error(`${life.problem}\nAgain: node test/virtual/thousand-releases.ts ${shop.count} ${shop.seed}`);
      process.exitCode = 1;
      shops.length = 0;
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  tell(lives, performance.now() - started);
}

async function ask(worker: Worker, shop: Order): Promise<Life> {
  worker.postMessage(shop);
  // An error of the worker rejects.
  const [life]: Life[] = await once(worker, "message");
  if (life === undefined) throw new Error("The worker said nothing");
  return life;
}

function tell(lives: readonly Life[], milliseconds: number): void {
  const sum = (of: (life: Life) => number) => lives.reduce((total, life) => total + of(life), 0);
  const kinds: Record<string, number> = {};
  for (const [kind, times] of lives.flatMap((life) => Object.entries(life.kinds)))
    kinds[kind] = (kinds[kind] ?? 0) + times;
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  const { user, system } = process.cpuUsage();
  const all = Object.values(kinds).reduce((total, times) => total + times, 0);
  console.log(`${all} releases and rollbacks in ${lives.length} shops: ${JSON.stringify(kinds)}`);
  console.log(`${seconds(milliseconds)}; of processors ${seconds((user + system) / 1_000)}`);
  console.log(
    `virtual time ${formatDuration(sum((life) => life.virtualTime))}, requests ${sum((life) => life.requests)}`,
  );
  console.log(
    `looked at ${sum((life) => life.states)} states of the cluster and ${sum((life) => life.visits)} answers`,
  );
}
