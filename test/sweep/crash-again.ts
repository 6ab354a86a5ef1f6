import { seededRandom } from "@cutover/sandbox";
import { orderOf, recoveries } from "./crash.ts";
import { dieAt, momentNamed, moments } from "./death.ts";
import { endOf, endsUndisturbed, problemOf } from "./ending.ts";
import { learn } from "./lesson.ts";
import { guarded } from "./scene.ts";
import { stories, storyNamed } from "./stories.ts";
import { type Begun, begin, reopen } from "./story.ts";
import { type Group, type Sweep, seed } from "./sweep.ts";

/** Points of each story that are drawn. */
const perStory = 12;

/** Who comes after a crash dies too, and comes again. */
export const crashesAgain: Sweep = {
  name: "crash-again",
  groups: stories.map(({ name }) => name),
  open: async (group) => await crashingAgain(await begin(storyNamed(group))),
};

async function crashingAgain(begun: Begun): Promise<Group> {
  const random = seededRandom(seed);
  const { requests } = await learn(begun);
  const one = <T>(choices: readonly T[]) => choices[random.below(choices.length)];
  const death = () => `${1 + random.below(requests.length)}/${one(moments)}`;
  return {
    points: Array.from({ length: perStory }, () => `${death()}/${one(recoveries)}/${death()}`),
    run: async (point) => {
      const [first, moment, by, second, again] = point.split("/");
      const recovery = recoveries.find((name) => name === by);
      if (recovery === undefined) throw new Error(`There is no point ${point}`);
      const order = orderOf(begun, recovery);
      const isMachineGone = recovery === "another-runner";
      await using town = await reopen(begun);
      const scene = guarded(town, begun.story);
      await dieAt(scene, begun.deed, { number: Number(first), moment: momentNamed(moment), isMachineGone });
      // What is left to do may be less: then it does not die.
      await dieAt(scene, order, { number: Number(second), moment: momentNamed(again), isMachineGone });
      return problemOf(await endOf(scene, order), await endsUndisturbed(begun, order), scene.breaches);
    },
  };
}
