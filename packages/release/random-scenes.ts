/** Arbitrary values for this package's properties. */
import fc from "fast-check";
import { approvalOf } from "./approval.ts";
import { colors, otherColor } from "./color.ts";
import type { Approval, Observed, Wanted } from "./model.ts";
import { deploy, emptyCluster, promote, retire, rollback, type SlotSketch, scene } from "./scenes.ts";

const content = fc.constantFrom("A", "B", "C");
const revision = fc.integer({ min: 1, max: 5 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const autoscaler = fc
  .record({ floor: fc.integer({ min: 1, max: 5 }), more: fc.nat(3), held: fc.boolean(), kept: fc.boolean() })
  .map(({ floor, more, ...rest }) => ({ name: "shop", floor, ceiling: floor + more, ...rest }));

const slot: fc.Arbitrary<SlotSketch | "missing"> = fc.oneof(
  { weight: 1, arbitrary: fc.constant("missing" as const) },
  {
    weight: 5,
    arbitrary: fc
      .record({
        holds: content,
        revision: maybe(revision),
        target: fc.integer({ min: 1, max: 4 }),
        replicas: fc.nat(5),
        unready: fc.nat(3),
        settled: fc.boolean(),
        adopted: fc.option(fc.constant(true), { nil: false, freq: 4 }),
        isMade: fc.boolean(),
        autoscaler: fc.option(autoscaler, { nil: undefined, freq: 2 }),
      })
      .map(({ unready, isMade, ...rest }) => ({
        ...rest,
        needed: Math.max(1, rest.target - 1),
        ready: isMade ? Math.max(0, rest.replicas - unready) : 0,
        ...(isMade ? {} : { replicaSet: undefined }),
      })),
  },
);

const entry = fc
  .tuple(content, fc.constantFrom("", " confirmed", " failed"))
  .map(([holds, result]) => `${holds}${result}`);

const adoption = fc.record({
  color: fc.constantFrom(...colors),
  missing: fc.constantFrom("color", "mark", "nothing"),
  refusal: fc.option(fc.constant({ reason: "It cannot be adopted", hint: "Mend it." }), { nil: undefined, freq: 6 }),
});

/** Anything that can be written on a cluster, sensible or not: hands, crashes and lost annotations included. */
export const anyScene: fc.Arbitrary<Observed> = fc
  .record({
    locked: fc.boolean(),
    busy: fc.boolean(),
    active: maybe(fc.constantFrom(...colors)),
    blue: slot,
    green: slot,
    history: fc.dictionary(revision.map(String), entry, { maxKeys: 5 }),
    wants: content,
    revision: maybe(revision),
    rolledBackFrom: fc.option(fc.nat(5), { nil: undefined, freq: 2 }),
    ago: maybe(fc.nat(60_000)),
    endpoints: fc.record({ blue: fc.nat(4), green: fc.nat(4) }),
    adoption: fc.option(adoption, { nil: undefined, freq: 4 }),
  })
  .map(({ ago, adoption: asked, ...sketch }) => {
    // What is taken over is there.
    const isThere = asked !== undefined && sketch[asked.color] !== "missing";
    return scene({
      ...sketch,
      ...(ago === undefined ? {} : { switchedAgo: ago }),
      ...(isThere ? { adoption: asked } : {}),
    });
  });

/** Where a Service's life begins: with nothing, or with what serves without a color, its pods carrying one or not. */
export const anyBeginning: fc.Arbitrary<Observed> = fc.constantFrom(
  emptyCluster(),
  ...(["color", "mark", "nothing"] as const).map((missing) =>
    scene({ locked: false, blue: { revision: undefined }, history: {}, adoption: { missing } }),
  ),
);

const terms = {
  soak: fc.constantFrom(0, 1_000),
  drain: fc.constantFrom(0, 30_000),
  previous: fc.constantFrom("keep", "scale-down", "delete"),
  probe: fc.boolean(),
  smoke: fc.boolean(),
} as const;

export const anyDeploy: fc.Arbitrary<Wanted> = fc
  .record({ ...terms, switch: fc.constantFrom("auto", "auto", "auto", "manual") })
  .map(deploy);

export const anyRollback: fc.Arbitrary<Wanted> = fc
  .tuple(fc.oneof(fc.constant("previous" as const), revision), fc.record(terms))
  .map(([to, rest]) => rollback(to, rest));

export const anyRetire: fc.Arbitrary<Wanted> = fc
  .tuple(fc.constantFrom("scale-down", "delete"), fc.constantFrom(undefined, undefined, 1, 2), terms.drain)
  .map(([how, signedOff, drain]) => retire(how, signedOff, drain));

/** Terms of a promotion, and what is wrong with what was approved, if anything. */
export interface Promotion {
  terms: Partial<Omit<Wanted, "kind">>;
  lie: Partial<Approval>;
}

export const anyPromotion: fc.Arbitrary<Promotion> = fc.record({
  terms: fc.record(terms),
  lie: fc.oneof(
    { weight: 6, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.record({ active: maybe(revision) }) },
    { weight: 1, arbitrary: fc.record({ revision }) },
    { weight: 1, arbitrary: fc.record({ hash: content }) },
  ),
});

/** What is approved as it is seen, or wrongly; nothing where no slot holds a revision. */
export function promotionOf(seen: Observed, { terms: rest, lie }: Promotion): Wanted {
  const approval = approvalOf(seen, otherColor(seen.service.active ?? "green"));
  return approval === undefined ? promote(lie, rest) : promote({ ...approval, ...lie }, rest);
}

/** Two revisions, one active or neither, their releases ended or not, and pods as they may be. */
const anyPair: fc.Arbitrary<Observed> = fc
  .record({
    active: fc.option(fc.constantFrom(...colors), { nil: undefined, freq: 9 }),
    serves: fc.constantFrom(1, 1, 2),
    blue: slot,
    green: slot,
    results: fc.tuple(
      fc.constantFrom(" confirmed", " confirmed", ""),
      fc.constantFrom("", "", " confirmed", " failed"),
    ),
    ago: fc.nat(60_000),
  })
  .map(({ active, serves, results, ago, ...slots }) => {
    const [blue, green] = colors.map((color) => {
      const one = slots[color];
      const isOne = (color === (active ?? "blue")) === (serves === 1);
      return one === "missing"
        ? one
        : { ...one, ...(isOne ? { holds: "A", revision: 1 } : { holds: "B", revision: 2 }) };
    });
    const history = { 1: `A${results[0]}`, 2: `B${results[1]}` };
    const known = { active, switchedAgo: ago, history, ...(active && { revision: serves }) };
    return scene({ ...known, ...(blue && { blue }), ...(green && { green }) });
  });

const anyWaiting = fc.oneof({ weight: 1, arbitrary: anyScene }, { weight: 5, arbitrary: anyPair });

/** Any world, and anything that can be wanted in it. */
export const anyCase: fc.Arbitrary<[seen: Observed, wanted: Wanted]> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(anyScene, fc.oneof(anyDeploy, anyRollback)) },
  { weight: 1, arbitrary: fc.tuple(anyWaiting, anyRetire) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(anyWaiting, anyPromotion)
      .map(([seen, promotion]): [Observed, Wanted] => [seen, promotionOf(seen, promotion)]),
  },
);
