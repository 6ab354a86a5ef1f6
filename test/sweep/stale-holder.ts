import { type Delivery, seededRandom, type What } from "@cutover/sandbox";
import type { Mortal } from "../virtual/mortal.ts";
import { endOf, endsUndisturbed, problemOf } from "./ending.ts";
import { learn } from "./lesson.ts";
import { guarded, type Scene } from "./scene.ts";
import { standing } from "./standing.ts";
import { stories, storyNamed } from "./stories.ts";
import { type Begun, begin, type Order, reopen, settling } from "./story.ts";
import { type Sweep, seed } from "./sweep.ts";

/** The story in which a run stands still at every request; the others get as many points as this, drawn by a seed. */
const whole = "good-release";
const drawn = 12;

/** Where it stands still: the request is on its way, and arrives when all is over; or it is done, and its answer is heard then. */
const moments = ["before-commit", "after-commit"] as const;
/** What somebody from another repository does meanwhile: the story's newer release, or its way back. */
const deeds = ["newer", "back"] as const;

/**
 * A run stands still (SIGSTOP) for as long as another one takes to get the lock, do its work and end, and until that lock is
 * free; then it goes on. One that slept before it had the lock comes after the other, and ends as if it had begun then. Any
 * other has lost its lock: whatever it still sends changes nothing.
 */
export const staleHolders: Sweep = {
  name: "stale-holder",
  groups: stories.map(({ name }) => name),
  open: async (group) => {
    const begun = await begin(storyNamed(group));
    const { first, requests } = await learn(begun);
    const all = requests.flatMap((_, index) =>
      moments.flatMap((moment) => deeds.map((deed) => `${index + 1}/${moment}/${deed}`)),
    );
    const random = seededRandom(seed);
    const some = new Set(Array.from({ length: drawn }, () => all[random.below(all.length)] ?? ""));
    const inOrder = new Map<Order, Promise<string>>();
    return {
      points: group === whole ? all : [...some],
      run: async (point) => {
        const [number, moment, deed] = point.split("/");
        const order = deed === "back" ? begun.story.back : begun.story.newer;
        const after = inOrder.get(order) ?? afterwards(begun, order);
        inOrder.set(order, after);
        const request = first + Number(number);
        return await overtaken(begun, { request, moment, order, later: await after });
      },
    };
  },
};

interface Nap {
  /** Among all of the town. */
  readonly request: number;
  readonly moment: string | undefined;
  /** What is done meanwhile. */
  readonly order: Order;
  /** What stands where the deed comes after that. */
  readonly later: string;
}

async function overtaken(begun: Begun, { request, moment, order, later }: Nap): Promise<string | undefined> {
  await using town = await reopen(begun);
  const scene = guarded(town, begun.story);
  const sleeper = sleeping(town.mortal(), moment === "before-commit");
  town.sandbox.fault({ when: { request }, what: sleeper.what });
  const stale = scene.perform(begun.deed, { process: sleeper.process });
  await town.until(sleeper.asleep);
  const winner = await endOf(scene, order, { GITHUB_REPOSITORY: "acme/other" });
  const won = standsIn(scene);
  sleeper.wake();
  const loser = await town.until(stale);
  await town.pass(settling);
  const problem = problemOf(winner, await endsUndisturbed(begun, order), scene.breaches);
  const is = standsIn(scene);
  const isLater = loser.outputs.outcome === begun.story.outcome && is === later;
  const wrong = problem === undefined ? [] : [problem];
  if (!isLater && is !== won) wrong.push(`it stands: ${is}`, ` and not:  ${won}`);
  return wrong.length === 0 ? undefined : [...wrong, `The loser ended ${loser.outputs.outcome}`, loser.log].join("\n");
}

function standsIn({ town, story }: Scene): string {
  return JSON.stringify(story.services.map((service) => standing(town.sandbox, service)));
}

/** What stands when the deed comes after `order`. */
async function afterwards(begun: Begun, order: Order): Promise<string> {
  await using town = await reopen(begun);
  const scene = guarded(town, begun.story);
  for (const one of [order, begun.deed]) await town.until(scene.perform(one));
  await town.pass(settling);
  return standsIn(scene);
}

interface Sleeper {
  readonly process: Mortal;
  readonly what: What;
  readonly asleep: Promise<void>;
  wake(): void;
}

function sleeping(process: Mortal, isBefore: boolean): Sleeper {
  const { promise: asleep, resolve: sleeps } = Promise.withResolvers<void>();
  const { promise: awake, resolve: wakes } = Promise.withResolvers<void>();
  const act = async ({ carryOut }: Delivery) => {
    const answer = isBefore ? undefined : await carryOut();
    process.pause();
    sleeps();
    if (!isBefore) return answer;
    await awake;
    return await carryOut();
  };
  return {
    ...{ process, asleep },
    what: { name: "sleeps", act },
    wake: () => {
      wakes();
      process.resume();
    },
  };
}
