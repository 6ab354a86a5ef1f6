import type { Random } from "@cutover/sandbox";
import { answered, type Crossed, cut, delayed, late, type Mishap, silent } from "./crossing.ts";
import { deedAt, isAt, nameOf, type Point } from "./point.ts";
import type { Shopkeeper } from "./shopkeeper.ts";

/** A mishap of one request, and the requests that it can befall. */
export interface Misfortune {
  readonly mishap: Mishap;
  readonly points: readonly Point[];
}

/** A write that landed after its client was cut off, and what the server said to it. */
export interface Landing {
  readonly request: Crossed;
  readonly status: number;
}

/** Long enough to land in the middle of another run, or after it. */
const lateBy = 30_000;
export const lateOnes = 4;

/** One of each kind; `landed` hears of those that come late. */
export function misfortunes(points: readonly Point[], landed: (landing: Landing) => void): Misfortune[] {
  const writes = points.filter(({ isWrite }) => isWrite);
  const reads = points.filter(({ isWrite }) => !isWrite);
  const atWrites = [
    ...[cut("before the commit"), cut("after the commit"), answered(500), answered(429, { retryAfter: "1" })],
    ...[answered(503, { isCommitted: true }), answered(504, { isCommitted: true }), delayed(2_000)],
    ...Array.from({ length: lateOnes }, () => late(lateBy, (request, status) => landed({ request, status }))),
  ];
  const atReads = [
    ...[cut("before the commit"), cut("after the commit"), answered(500), silent()],
    ...[answered(429, { retryAfter: "1" }), answered(503, { retryAfter: "1" }), delayed(2_000)],
  ];
  // What lands late comes first, so that others are on their way then.
  return [
    ...atWrites.map((mishap) => ({ mishap, points: writes })).toReversed(),
    ...atReads.map((mishap) => ({ mishap, points: reads })),
  ];
}

/** Whether the run met it. Either way it did what it was to do, by itself. */
export async function befall(keeper: Shopkeeper, { mishap, points }: Misfortune, random: Random): Promise<boolean> {
  const point = points[random.below(points.length)];
  if (point === undefined) throw new Error("there is no such request");
  const deed = await deedAt(keeper, point);
  const strike = keeper.shop.proxy.begin({ when: (request) => isAt(request, point), mishap });
  const run = await keeper.start(deed);
  keeper.shop.proxy.begin();
  await keeper.settle(deed, run, `${deed.kind} of ${deed.version}, ${mishap.name}: ${nameOf(strike.hit ?? point)}`);
  return strike.hit !== undefined;
}
