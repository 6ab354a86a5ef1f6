/** Arbitrary values for this package's properties. */
import fc from "fast-check";
import { colors } from "./color.ts";
import type { Observed, Wanted } from "./model.ts";
import { deploy, rollback, type SlotSketch, scene } from "./scenes.ts";

const content = fc.constantFrom("A", "B", "C");
const revision = fc.integer({ min: 1, max: 5 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

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
        isMade: fc.boolean(),
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

/** Anything that can be written on a cluster, sensible or not: hands, crashes and lost annotations included. */
export const anyScene: fc.Arbitrary<Observed> = fc
  .record({
    locked: fc.boolean(),
    active: maybe(fc.constantFrom(...colors)),
    blue: slot,
    green: slot,
    history: fc.dictionary(revision.map(String), entry, { maxKeys: 5 }),
    wants: content,
    revision: maybe(revision),
    rolledBackFrom: fc.option(fc.nat(5), { nil: undefined, freq: 2 }),
    ago: maybe(fc.nat(60_000)),
    endpoints: fc.record({ blue: fc.nat(4), green: fc.nat(4) }),
  })
  .map(({ ago, ...sketch }) => scene({ ...sketch, ...(ago === undefined ? {} : { switchedAgo: ago }) }));

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

export const anyWanted: fc.Arbitrary<Wanted> = fc.oneof(anyDeploy, anyRollback);
