import type { StepRun } from "../virtual/town.ts";
import { Breach } from "./breach.ts";
import { guarded, type Scene } from "./scene.ts";
import { standing } from "./standing.ts";
import { type Begun, type Order, reopen } from "./story.ts";

/** How a run came to an end, and what then stands. */
export interface End {
  readonly outcome: string;
  /** By service: each must be one of a few. */
  readonly stands: readonly string[];
  /** By service: what serves, and whose the lock is. */
  readonly serving: readonly string[];
  /** What was confirmed: depends on how far others came, but never holds what was not good. */
  readonly confirmed: readonly string[];
  readonly requests: number;
  /** Milliseconds of virtual time. */
  readonly time: number;
  readonly log: string;
}

/** Milliseconds until a lock that nobody renews is free, and a little. */
const leaseTime = 31_500;
/** Looks at a lock until it is free, and what was done before and must be looked at once more. */
const spareRequests = 45;

/** Carries out `order`, and looks at what stands some time later. */
export async function endOf(
  { town, story, perform }: Scene,
  order: Order,
  env: Readonly<Record<string, string>> = {},
): Promise<End> {
  const { clock, requests } = town.sandbox;
  const [began, before] = [clock.now(), requests.length];
  const run: StepRun = await town.until(perform(order, { env }));
  const [time, asked] = [clock.now() - began, requests.length - before];
  // By then a lock that nobody renews is free.
  await town.pass(leaseTime);
  const stands = story.services.map((service) => standing(town.sandbox, service));
  const { outcome = "none" } = run.outputs;
  return {
    // Who is refused leaves behind what others left.
    stands: stands.map(({ serving, idle }) => (outcome === "refused" ? serving : `${serving}; ${idle}`)),
    serving: stands.map(({ serving }) => serving),
    confirmed: stands.flatMap(({ confirmed }) => confirmed),
    ...{ outcome, time, requests: asked, log: run.log },
  };
}

const known = new WeakMap<Begun, Map<Order, Promise<readonly End[]>>>();

/** The ends that `order` may come to after a disturbed deed: as if that had never been, had come to its end, or half way. */
export async function endsUndisturbed(begun: Begun, order: Order): Promise<readonly End[]> {
  const ends = known.get(begun) ?? new Map<Order, Promise<readonly End[]>>();
  const both = ends.get(order) ?? bothEnds(begun, order);
  known.set(begun, ends.set(order, both));
  return await both;
}

async function bothEnds(begun: Begun, order: Order): Promise<readonly End[]> {
  const ends: End[] = [];
  for (const done of [[], [begun.deed], ...(begun.story.halfway ?? []).map((part) => [part])])
    ends.push(await endAfter(begun, done, order));
  return ends;
}

async function endAfter(begun: Begun, orders: readonly Order[], order: Order): Promise<End> {
  await using town = await reopen(begun);
  const scene = guarded(town, begun.story);
  for (const before of orders) await town.until(scene.perform(before));
  const end = await endOf(scene, order);
  if (scene.breaches.length > 0) throw new Breach(["Undisturbed:", ...scene.breaches, end.log].join("\n"));
  return end;
}

/** What of `end` is none of the `allowed` ends, with all that was wrong on the way there. */
export function problemOf(end: End, allowed: readonly End[], breaches: readonly string[]): string | undefined {
  const most = (of: (one: End) => number) => Math.max(...allowed.map(of));
  const wrong = [...breaches];
  if (!allowed.some(({ outcome }) => outcome === end.outcome)) wrong.push(`it ended ${end.outcome}`);
  for (const [index, stands] of end.stands.entries()) {
    const others = new Set(allowed.map((one) => one.stands[index]));
    if (!others.has(stands)) wrong.push(stands, ...[...others].map((other) => `and not ${other}`));
  }
  const mixed = end.serving.join(" and ");
  if (!allowed.some(({ serving }) => serving.join(" and ") === mixed)) wrong.push(`a mix: ${mixed}`);
  const good = new Set(allowed.flatMap(({ confirmed }) => confirmed));
  const bad = end.confirmed.filter((one) => !good.has(one));
  if (bad.length > 0) wrong.push(`${bad.join(", ")} was confirmed`);
  if (end.requests > 2 * most(({ requests }) => requests) + spareRequests) wrong.push(`${end.requests} requests`);
  if (end.time > most(({ time }) => time) + leaseTime) wrong.push(`L1, L2: it took ${end.time} ms`);
  return wrong.length === 0 ? undefined : [...wrong, end.log].join("\n");
}
