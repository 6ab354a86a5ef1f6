import type { Random } from "@cutover/sandbox";
import type { Crossed } from "./crossing.ts";
import type { Deed, Shopkeeper } from "./shopkeeper.ts";

/** A request of a release or of a rollback, by which other runs find the like of it. */
export type Point = Omit<Crossed, "name" | "path"> & { readonly kind: Deed["kind"] };

/** Whether a request is the like of it, or comes so much later that there was none: no two runs ask quite the same. */
export function isAt(request: Crossed, { number, verb, resource, occurrence, isWrite }: Point): boolean {
  const isLike = request.verb === verb && request.resource === resource && request.occurrence === occurrence;
  return isLike || (request.number > number + 5 && request.isWrite === isWrite);
}

export function nameOf({ verb, resource, occurrence }: Point | Crossed): string {
  return `${verb} ${resource} no. ${occurrence}`;
}

/** What asks for the like of this point. */
export async function deedAt(keeper: Shopkeeper, { kind }: Point): Promise<Deed> {
  return kind === "release" ? keeper.release("scale-down") : await keeper.back();
}

/** All that a release and a rollback ask for, in their order. */
export async function learn(keeper: Shopkeeper): Promise<Point[]> {
  const found: Point[] = [];
  for (const next of [async () => keeper.release("scale-down"), keeper.back]) {
    const deed = await next();
    keeper.shop.proxy.begin();
    // A post is no part of it.
    const run = await keeper.start(deed, { runnerDies: true });
    found.push(...keeper.shop.proxy.requests.map((request) => ({ ...request, kind: deed.kind })));
    await keeper.settle(deed, run, `the first ${deed.kind}`);
  }
  return found;
}

/** So many of them in any order: all writes, as far as they fit in, and reads for the rest. */
export function drawn(points: readonly Point[], count: number, random: Random): Point[] {
  const [writes, reads] = [points.filter(({ isWrite }) => isWrite), points.filter(({ isWrite }) => !isWrite)];
  return shuffled([...shuffled(writes, random), ...shuffled(reads, random)].slice(0, count), random);
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  return values
    .map((value) => ({ value, place: random.below(2 ** 30) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ value }) => value);
}
