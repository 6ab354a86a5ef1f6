import type { LoggedRequest } from "@cutover/sandbox";
import { Breach } from "./breach.ts";
import { guarded } from "./scene.ts";
import { type Standing, standing } from "./standing.ts";
import { type Begun, reopen } from "./story.ts";

/** What is known of the deed of a story when nothing disturbs it. */
export interface Lesson {
  /** Requests that came before it. */
  readonly first: number;
  /** Those of its main, in order. */
  readonly requests: readonly LoggedRequest[];
  /** How each service stands some time later. */
  readonly stands: readonly Standing[];
}

/** Milliseconds until whatever was on its way has arrived: the latest late commit, and the end of a lock that nobody frees. */
export const rest = 125_000;

/** Carries the deed out, undisturbed. @throws Error if it does not end as its story says, or something was wrong on the way */
export async function learn(begun: Begun): Promise<Lesson> {
  await using town = await reopen(begun);
  const { story, deed } = begun;
  const first = town.sandbox.requests.length;
  const scene = guarded(town, story);
  const { outputs, log } = await town.until(scene.perform(deed, { process: town.mortal(), isMachineGone: true }));
  const requests = town.sandbox.requests.slice(first);
  await town.pass(rest);
  const stands = story.services.map((service) => standing(town.sandbox, service));
  const isServed = stands.every(({ serving }) => serving.includes(`:${story.serves} `));
  if (outputs.outcome === story.outcome && isServed && scene.breaches.length === 0) return { first, requests, stands };
  const wanted = `${story.outcome} with ${story.serves}`;
  const is = stands.map(({ serving }) => serving);
  // Who says how it ended has not just broken down.
  const Wrong = outputs.outcome === undefined ? Error : Breach;
  throw new Wrong([`${story.name} ended ${outputs.outcome}, not ${wanted}:`, ...is, ...scene.breaches, log].join("\n"));
}

/** The same deed with all the time that it can need: that a single write may take a minute is no reason to end otherwise. */
export function patient(begun: Begun): Begun {
  const { story, deed } = begun;
  // What must fail does so in its own time.
  const more = story.outcome === "failed" ? {} : { timeout: "10m" };
  return { ...begun, deed: { ...deed, inputs: { ...deed.inputs, ...more } } };
}
