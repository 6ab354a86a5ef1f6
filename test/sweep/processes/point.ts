import type { Random } from "@cutover/sandbox";

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
  /** Of the run's API requests, from 1. */
  readonly request: number;
  readonly moment: (typeof moments)[number];
  readonly strike: (typeof strikes)[number];
  readonly recovery: (typeof recoveries)[number];
}

/** `17/after-commit/kill/rerun`. */
export function nameOf({ request, moment, strike, recovery }: Point): string {
  return [request, moment, strike, recovery].join("/");
}

/** @throws Error that says what is no point */
export function pointOf(name: string): Point {
  const [request, moment, strike, recovery] = name.split("/");
  return {
    request: Number(request),
    moment: known(moments, moment),
    strike: known(strikes, strike),
    recovery: known(recoveries, recovery),
  };
}

/** Different points of a run with so many requests. */
export function drawn(random: Random, requests: number, count: number): Point[] {
  const points = new Map<string, Point>();
  while (points.size < count) {
    const point: Point = {
      ...{ request: 1 + random.below(requests), moment: one(random, moments) },
      strike: one(random, ["kill", "cancel", "gone"]),
      recovery: one(random, ["rerun", "newer", "rollback", "other"]),
    };
    points.set(nameOf(point), point);
  }
  return [...points.values()];
}

/** A cancellation at every request, each at some moment of it. */
export function cancelled(random: Random, requests: number): Point[] {
  return Array.from({ length: requests }, (_, index) => {
    return { request: index + 1, moment: one(random, moments), strike: "cancel", recovery: "rerun" };
  });
}

/** What only real time ends: a lock that expires, and a server that never answers who is cancelled. */
export function long(random: Random, requests: number): Point[] {
  const request = () => 1 + random.below(requests);
  return [
    { request: request(), moment: one(random, moments), strike: "gone", recovery: "patient" },
    { request: request(), moment: "before-commit", strike: "hang", recovery: "rerun" },
    { request: request(), moment: "after-commit", strike: "hang", recovery: "newer" },
  ];
}

function one<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[random.below(choices.length)] ?? choices[0];
}

function known<T extends string>(all: readonly T[], name: string | undefined): T {
  const found = all.find((one) => one === name);
  if (found === undefined) throw new Error(`There is no ${name}, only ${all.join(", ")}`);
  return found;
}
