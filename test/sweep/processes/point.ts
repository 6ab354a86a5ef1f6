import { type Random, seededRandom } from "@cutover/sandbox";
import { type StoryName, stories } from "./stories.ts";

const moments = ["before-commit", "after-commit", "after-answer"] as const;

/**
 * `kill`: SIGKILL, and its post follows; `cancel`: SIGINT, and what the runner sends after it; `hang`: the same, and the
 * request is never answered; `gone`: SIGKILL, and the machine with it, so no post.
 */
const strikes = ["kill", "cancel", "gone", "hang"] as const;

/**
 * After it: the same run again, a newer release, a rollback, or the same from another job. Who finds the lock of a machine
 * that is gone waits until it ends; `patient` waits out all of it, the others one that the sweep has shortened.
 */
const recoveries = ["rerun", "newer", "rollback", "other", "patient"] as const;

/** Where and how a run is struck, and what comes after it. */
export interface Point {
  readonly story: StoryName;
  /** Of the run's API requests, from 1. */
  readonly request: number;
  readonly moment: (typeof moments)[number];
  readonly strike: (typeof strikes)[number];
  readonly recovery: (typeof recoveries)[number];
}

/** `good/17/after-commit/kill/rerun`. */
export function nameOf({ story, request, moment, strike, recovery }: Point): string {
  return [story, request, moment, strike, recovery].join("/");
}

/** @throws Error that says what is no point */
export function pointOf(name: string): Point {
  const [story, request, moment, strike, recovery] = name.split("/");
  return {
    story: known(Object.keys(stories).filter(isStory), story),
    request: Number(request),
    moment: known(moments, moment),
    strike: known(strikes, strike),
    recovery: known(recoveries, recovery),
  };
}

export function isStory(name: string): name is StoryName {
  return Object.hasOwn(stories, name);
}

/** How many requests each story makes if nothing strikes it. */
export type Lengths = Readonly<Record<StoryName, number>>;

/** Points of all stories in turn, each one once, for as long as somebody asks. */
export function* drawn(lengths: Lengths, seed: number): Generator<Point, never> {
  const random = seededRandom(seed);
  const names = Object.keys(stories).filter(isStory);
  const seen = new Set<string>();
  for (let index = 0; ; index++) {
    const story = names[index % names.length] ?? "good";
    const point: Point = {
      story,
      request: 1 + random.below(lengths[story]),
      moment: one(random, moments),
      strike: one(random, ["kill", "cancel", "gone"]),
      recovery: one(random, ["rerun", "newer", "rollback", "other"]),
    };
    if (seen.has(nameOf(point))) continue;
    seen.add(nameOf(point));
    yield point;
  }
}

/** Few, for each costs its seconds: waits that only real time ends. */
export function slow(lengths: Lengths, seed: number): Point[] {
  const random = seededRandom(seed);
  const at = (story: StoryName) => ({ story, request: 1 + random.below(lengths[story]), moment: one(random, moments) });
  return [
    { ...at("good"), strike: "gone", recovery: "patient" },
    { ...at("rollback"), strike: "gone", recovery: "patient" },
    { ...at("good"), moment: "before-commit", strike: "hang", recovery: "rerun" },
    { ...at("good"), moment: "after-commit", strike: "hang", recovery: "rerun" },
    { ...at("rollback"), moment: "before-commit", strike: "hang", recovery: "rerun" },
    { ...at("several"), moment: "after-commit", strike: "hang", recovery: "newer" },
  ];
}

/** A cancellation at every request of a release and of a rollback. */
export function cancellations(lengths: Lengths, seed: number): Point[] {
  const random = seededRandom(seed);
  return (["good", "rollback"] as const).flatMap((story) =>
    Array.from({ length: lengths[story] }, (_, index): Point => {
      return { story, request: index + 1, moment: one(random, moments), strike: "cancel", recovery: "rerun" };
    }),
  );
}

function one<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[random.below(choices.length)] ?? choices[0];
}

function known<T extends string>(all: readonly T[], name: string | undefined): T {
  const found = all.find((one) => one === name);
  if (found === undefined) throw new Error(`expected one of ${all.join(", ")}, got "${name}"`);
  return found;
}
