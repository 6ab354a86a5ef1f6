import { type Random, seededRandom } from "@cutover/sandbox";
import { type Group, type Sweep, seed } from "../sweep.ts";
import { lengthOf, live } from "./live-point.ts";
import { cancelled, drawn, long, nameOf, type Point, pointOf } from "./point.ts";
import { stories } from "./stories.ts";

/** Points of each story that are drawn: with those of the cancelled they are 500. */
const perStory = 52;

/** A process of the bundle is killed or cancelled at a request, and somebody comes after it. */
const anywhere: Sweep = {
  name: "processes",
  groups: Object.keys(stories),
  isSlow: true,
  open: (group) => opened(group, (random, requests) => drawn(random, requests, perStory)),
};

/** One is cancelled at each of its requests, under the runner's own budget. */
const everywhere: Sweep = {
  name: "cancelled-processes",
  groups: ["good", "rollback"],
  isSlow: true,
  open: (group) => opened(group, cancelled),
};

/** They wait far more than they work. */
const waiting: Sweep = {
  name: "waiting-processes",
  groups: ["good", "rollback"],
  isSlow: true,
  isByName: true,
  open: async (group) => ({ ...(await opened(group, long)), abreast: 3 }),
};

/** The sweeps with processes of the bundle, in real time. */
export const processes: readonly Sweep[] = [waiting, everywhere, anywhere];

/** The part of its points that a group may miss: in real time a run asks once more or less. */
const mayMiss = 0.25;

async function opened(group: string, points: (random: Random, requests: number) => Point[]): Promise<Group> {
  const story = stories[group];
  if (story === undefined) throw new Error(`There is no story ${group}`);
  const random = seededRandom(seed);
  const all = points(random, await lengthOf(story)).map(nameOf);
  const missed: string[] = [];
  return {
    points: all,
    // A process waits for its answers: two of them keep one core busy.
    abreast: 2,
    run: async (point) => {
      const { isStruck, wrongs, log } = await live(story, pointOf(point));
      if (wrongs.length > 0) return [...wrongs, log].join("\n");
      if (!isStruck) missed.push(point);
      const isBlunt = missed.length > Math.max(1, mayMiss * all.length);
      return isBlunt ? `never came to their request: ${missed.join(", ")}` : undefined;
    },
    told: () => (missed.length === 0 ? undefined : `${missed.length} ended undisturbed before their request`),
  };
}
