import { type Random, seededRandom } from "@cutover/sandbox";
import { type Group, type Sweep, seed } from "../sweep.ts";
import { lengthOf, live } from "./live-point.ts";
import { cancelled, drawn, long, nameOf, type Point, pointOf } from "./point.ts";
import { stories } from "./stories.ts";

/** Points of each story that are drawn. */
const perStory = 66;

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
  open: async (group) => ({ ...(await opened(group, long)), abreast: 3 }),
};

/** The sweeps with processes of the bundle, in real time. */
export const processes: readonly Sweep[] = [waiting, everywhere, anywhere];

/** How often a run is given the chance to come to a request: some it makes only as time has it. */
const chances = 5;

async function opened(group: string, points: (random: Random, requests: number) => Point[]): Promise<Group> {
  const story = stories[group];
  if (story === undefined) throw new Error(`There is no story ${group}`);
  const random = seededRandom(seed);
  return {
    points: points(random, await lengthOf(story)).map(nameOf),
    // A process waits for its answers: two of them keep one core busy.
    abreast: 2,
    run: async (point) => {
      for (let chance = 1; chance <= chances; chance++) {
        const { isStruck, wrongs, log } = await live(story, pointOf(point));
        if (wrongs.length > 0) return [...wrongs, log].join("\n");
        if (isStruck) return undefined;
      }
      return "the run never came to that request";
    },
  };
}
