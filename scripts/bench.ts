/**
 * bench.ts [--runs N] [--only NAME] [--out FILE]: what the actions cost, as a table and as JSON. Times are medians of N
 * runs (3). Exits with 1 if a figure is above its limit.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { byHand } from "./bench/by-hand.ts";
import { isBroken, type Line } from "./bench/measured.ts";
import { preflight } from "./bench/preflight.ts";
import { startUp } from "./bench/start-up.ts";
import { steadyState } from "./bench/steady-state.ts";
import { together } from "./bench/together.ts";
import { warm } from "./bench/warm.ts";
import { fromRoot } from "./bundle.ts";
import { root } from "./command.ts";

const measurements: Readonly<Record<string, (runs: number) => Promise<Line[]>>> = {
  "start-up": startUp,
  "steady-state": steadyState,
  warm,
  together,
  preflight,
  "by-hand": byHand,
};

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "3" },
    only: { type: "string", multiple: true, default: Object.keys(measurements) },
    out: { type: "string", default: join(root, ".build", "bench.json") },
  },
});

const lines: Line[] = [];
for (const name of values.only) {
  const measure = measurements[name];
  if (measure === undefined) throw new Error(`--only: expected one of ${Object.keys(measurements).join(", ")}`);
  for (const line of await measure(Number(values.runs))) {
    lines.push(line);
    console.log(rowOf(line));
  }
}
const about = { node: process.version, processor: cpus()[0]?.model, cores: cpus().length, runs: Number(values.runs) };
await mkdir(dirname(values.out), { recursive: true });
await writeFile(values.out, `${JSON.stringify({ ...about, lines }, undefined, 2)}\n`);
console.log(`\nWritten to ${fromRoot(values.out)}`);
process.exitCode = lines.some(isBroken) ? 1 : 0;

function rowOf(line: Line): string {
  const { what, value, unit, note = "", limit } = line;
  const figure = value === undefined ? "not measured" : value.toFixed(unit === "ms" ? 0 : 1);
  const promise = limit === undefined ? "" : `${isBroken(line) ? "ABOVE" : "at most"} ${limit}`;
  return `${what.padEnd(52)} ${figure.padStart(12)} ${unit.padEnd(11)} ${promise}${note}`.trimEnd();
}
