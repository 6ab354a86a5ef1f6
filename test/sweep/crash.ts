import { createHash } from "node:crypto";
import type { Town } from "../virtual/town.ts";
import { dieAt, type Moment, momentNamed, moments } from "./death.ts";
import { endOf, endsUndisturbed, problemOf } from "./ending.ts";
import { learn } from "./lesson.ts";
import { guarded, type Scene } from "./scene.ts";
import { stories, storyNamed } from "./stories.ts";
import { type Begun, begin, type Order, reopen } from "./story.ts";
import type { Group, Sweep } from "./sweep.ts";

/** Who comes after the crash. All but the last find that the runner has run the post of what died. */
export const recoveries = ["rerun", "newer", "rollback", "another-runner"] as const;
type Recovery = (typeof recoveries)[number];

interface Point {
  number: number;
  moment: Moment;
  recovery: Recovery;
}

/** The deed of every story dies at each of its requests, and somebody comes after it. */
export const crashes: Sweep = {
  name: "crash",
  groups: stories.map(({ name }) => name),
  open: async (group) => await crashing(await begin(storyNamed(group))),
};

async function crashing(begun: Begun): Promise<Group> {
  const { requests } = await learn(begun);
  const recover = recovering(begun);
  /** The world that each death leaves behind, and whether its machine went too. */
  const worlds = new Map<string, string>();
  const numbers = requests.map((_, index) => index + 1);
  return {
    points: numbers.flatMap((number) =>
      moments.flatMap((moment) => recoveries.map((recovery) => `${number}/${moment}/${recovery}`)),
    ),
    run: async (point) => {
      const { number, moment, recovery } = read(point);
      const isMachineGone = recovery === "another-runner";
      const death = [number, moment, isMachineGone].join();
      const known = worlds.get(death);
      if (known !== undefined && recover.knows(known, recovery)) return await recover.from(known, recovery);
      await using town = await reopen(begun);
      const scene = guarded(town, begun.story);
      const isDead = await dieAt(scene, begun.deed, { number, moment, isMachineGone });
      if (!isDead) throw new Error(`It never came to request ${number}`);
      const world = fingerprint(town);
      worlds.set(death, world);
      return await recover.from(world, recovery, scene);
    },
  };
}

/** Recoveries, of which none is done twice in a world that is the same to the last byte and millisecond. */
function recovering(begun: Begun) {
  const verdicts = new Map<string, Promise<string | undefined>>();
  const judged = async (scene: Scene, recovery: Recovery): Promise<string | undefined> => {
    const order = orderOf(begun, recovery);
    const allowed = await endsUndisturbed(begun, order);
    const end = await endOf(scene, order, recovery === "rerun" ? again : {});
    // Once more changes nothing, which is looked at by the invariants.
    if (recovery === "rerun") await scene.town.until(scene.perform(order));
    return problemOf(end, allowed, scene.breaches);
  };
  return {
    knows: (world: string, recovery: Recovery) => verdicts.has(world + recovery),
    from: (world: string, recovery: Recovery, scene?: Scene) => {
      const known = verdicts.get(world + recovery) ?? (scene && judged(scene, recovery)) ?? Promise.resolve("unknown");
      verdicts.set(world + recovery, known);
      return known;
    },
  };
}

/** As the runner names another attempt at the first run. */
const again = { GITHUB_RUN_ID: "1", GITHUB_RUN_ATTEMPT: "2" };

function read(point: string): Point {
  const [number, asked, by] = point.split("/");
  const moment = momentNamed(asked);
  const recovery = recoveries.find((one) => one === by);
  if (recovery === undefined) throw new Error(`There is no point ${point}`);
  return { number: Number(number), moment, recovery };
}

/** What whoever comes after the crash does. */
export function orderOf({ story, deed }: Begun, recovery: Recovery): Order {
  if (recovery === "newer") return story.newer;
  return recovery === "rollback" ? story.back : deed;
}

/** The cluster at this moment: what comes next depends on nothing else. */
function fingerprint({ sandbox }: Town): string {
  const world = JSON.stringify([sandbox.clock.now(), sandbox.freeze()]);
  return createHash("sha256").update(world).digest("base64");
}
