import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";

/** One line of the table: a figure, what it is compared with, and the promise that it must keep, if there is one. */
export interface Line {
  what: string;
  /** `undefined` where it could not be measured; `note` says why. */
  value: number | undefined;
  unit: "ms" | "requests" | "requests/s" | "×";
  note?: string;
  /** The most that it may be. */
  limit?: number;
}

/** A line whose value keeps no promise. */
export function isBroken({ value, limit }: Line): boolean {
  return value !== undefined && limit !== undefined && value > limit;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}

/** Slope of the line through the points with the least squares. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (pick: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [middleX, middleY] = [mean(([x]) => x), mean(([, y]) => y)];
  const rise = points.reduce((sum, [x, y]) => sum + (x - middleX) * (y - middleY), 0);
  return rise / points.reduce((sum, [x]) => sum + (x - middleX) ** 2, 0);
}

/** Milliseconds that a program takes from its start to its end. @throws if it fails */
export function timed(file: string, args: readonly string[], input?: string): number {
  const began = performance.now();
  const { status, stderr, error } = spawnSync(file, args, { input, encoding: "utf8" });
  if (status !== 0) throw new Error(`${file} ${args.join(" ")} failed: ${error?.message ?? stderr}`);
  return performance.now() - began;
}

/** `count` measurements, one after the other. */
export async function repeated<T>(count: number, measure: (index: number) => Promise<T>): Promise<T[]> {
  const measured: T[] = [];
  for (let index = 0; index < count; index++) measured.push(await measure(index));
  return measured;
}
