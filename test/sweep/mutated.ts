/** A thread in which some text of the product is another; runs the points that it is given, and says what was wrong. */
import { registerHooks } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { Change, Selection } from "./mutants.ts";
import type { Sweep } from "./sweep.ts";

const root = join(import.meta.dirname, "../..");
const { changes, points }: Selection = workerData;
const done = new Set<Change>();

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    const own = changes.filter(({ file }) => url.startsWith("file:") && fileURLToPath(url) === join(root, file));
    if (own.length === 0) return loaded;
    const source = own.reduce(replaced, String(loaded.source));
    return { ...loaded, source };
  },
});

function replaced(source: string, change: Change): string {
  const parts = source.split(change.from);
  if (parts.length !== 2) throw new Error(`${change.file} has ${parts.length - 1} times: ${change.from}`);
  done.add(change);
  return parts.join(change.to);
}

async function problemAt(sweeps: readonly Sweep[], path: string): Promise<string | undefined> {
  const [name, group = "", ...point] = path.split("/");
  try {
    const opened = await sweeps.find((one) => one.name === name)?.open(group);
    return await opened?.run(point.join("/"));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

// Only now is the product loaded.
const { sweeps } = await import("./table.ts");
const problems: string[] = [];
for (const point of points) {
  const problem = await problemAt(sweeps, point);
  if (problem !== undefined) problems.push(`${point}: ${problem}`);
}
const missed = changes.filter((change) => !done.has(change));
if (missed.length > 0) throw new Error(`never loaded: ${missed.map(({ file }) => file).join(", ")}`);
parentPort?.postMessage(problems);
