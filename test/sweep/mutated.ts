/** A thread in which some text of the product is another; runs the points that it is given, and says what was wrong. */
import { registerHooks } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { breachOf } from "./breach.ts";
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

/** What goes wrong first among the points that `pattern` names: `*` stands for any part of the name. */
async function problemAt(sweeps: readonly Sweep[], pattern: string): Promise<string | undefined> {
  const [name, group = "", ...rest] = pattern.split("/");
  const sweep = sweeps.find((one) => one.name === name);
  if (sweep?.groups.includes(group) !== true) throw new Error(`There is no ${pattern}`);
  const opened = await sweep.open(group).catch(breachOf);
  if (typeof opened === "string") return opened;
  const isNamed = (point: string) => point.split("/").every((part, at) => [part, "*"].includes(rest[at] ?? ""));
  const named = opened.points.filter(isNamed);
  // What is drawn by a seed may be asked for with any other.
  const wanted = named.length > 0 || rest.includes("*") ? named : [rest.join("/")];
  if (wanted.length === 0) throw new Error(`There is no ${pattern}`);
  for (const point of wanted) {
    const problem = await opened.run(point).catch(breachOf);
    if (problem !== undefined) return `${point}: ${problem}`;
  }
  return undefined;
}

// Only now is the product loaded.
const { sweeps } = await import("./table.ts");
const problems: string[] = [];
for (const pattern of points) {
  const problem = await problemAt(sweeps, pattern);
  if (problem !== undefined) problems.push(`${pattern}: ${problem}`);
}
const missed = changes.filter((change) => !done.has(change));
if (missed.length > 0) throw new Error(`never loaded: ${missed.map(({ file }) => file).join(", ")}`);
parentPort?.postMessage(problems);
