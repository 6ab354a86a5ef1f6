import { seededRandom } from "@cutover/sandbox";
import { type FaultKind, faultKinds } from "./fault-kinds.ts";
import { type Lesson, learn, patient } from "./lesson.ts";
import { stories, storyNamed } from "./stories.ts";
import { type Begun, begin } from "./story.ts";
import { type Blow, struck } from "./struck.ts";
import { type Sweep, seed } from "./sweep.ts";

const groups = stories.map(({ name }) => name);

/** Stories that every fault strikes at every request: with `SWEEP_ALL=1` all of them. */
const whole = process.env.SWEEP_ALL === "1" ? groups : ["rollback-warm"];
/** Points that are drawn, by a seed, of the others; and of each, where two faults strike. */
const drawn = (group: string): number => (group === "good-release" ? 500 : 40);
const pairs = 16;

/** Every fault at the requests of a story's deed, one at a time: `17/answer 429`. */
export const faults: Sweep = {
  name: "fault",
  groups,
  open: async (group) => {
    const { begun, lesson, all, some } = await opened(group);
    return {
      points: whole.includes(group) ? all : [...new Set(Array.from({ length: drawn(group) }, some))],
      run: async (point) => await struck(begun, lesson, [blowOf(lesson, point)]),
    };
  },
};

const between = " and ";

/** Two of them in one run: `17/answer 429 and 20/answer 409`. */
export const pairsOfFaults: Sweep = {
  name: "fault-pair",
  groups,
  open: async (group) => {
    const { begun, lesson, some } = await opened(group);
    return {
      points: Array.from({ length: pairs }, () => [some(), some()].join(between)),
      run: async (point) =>
        await struck(
          begun,
          lesson,
          point.split(between).map((one) => blowOf(lesson, one)),
        ),
    };
  },
};

interface Opened {
  readonly begun: Begun;
  readonly lesson: Lesson;
  /** The names of all points with one fault, and what draws one of them. */
  readonly all: readonly string[];
  some(): string;
}

async function opened(group: string): Promise<Opened> {
  const begun = patient(await begin(storyNamed(group)));
  const lesson = await learn(begun);
  const all = lesson.requests.flatMap((_, index) =>
    kindsFor(lesson, index + 1).map(({ what }) => `${index + 1}/${what.name}`),
  );
  const random = seededRandom(seed);
  return { begun, lesson, all, some: () => all[random.below(all.length)] ?? "" };
}

/** Every fault that fits a request, counted from 1. */
function kindsFor({ requests }: Lesson, number: number): readonly FaultKind[] {
  const request = requests[number - 1];
  return faultKinds.filter(({ fits }) => request !== undefined && fits(request, requests.slice(0, number - 1)));
}

function blowOf(lesson: Lesson, point: string): Blow {
  const [number, ...name] = point.split("/");
  const request = Number(number);
  const kind = kindsFor(lesson, request).find(({ what }) => what.name === name.join("/"));
  if (kind === undefined) throw new Error(`There is no point ${point}`);
  return { request, kind };
}
