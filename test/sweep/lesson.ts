import type { LoggedRequest } from "@cutover/sandbox";
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
const rest = 125_000;

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
  throw new Error([`${story.name} ended ${outputs.outcome}, not ${wanted}:`, ...is, ...scene.breaches, log].join("\n"));
}
