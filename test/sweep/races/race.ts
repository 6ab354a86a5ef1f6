import { seededRandom } from "@cutover/sandbox";
import { guarded } from "../scene.ts";
import { standing } from "../standing.ts";
import { type Begun, begin, reopen } from "../story.ts";
import { type Sweep, seed } from "../sweep.ts";
import { chronicle } from "./chronicle.ts";
import { type Contest, contests, type Entrant } from "./contests.ts";
import { leaseTime } from "./replay.ts";
import { orderProblems, type Race, type Ran } from "./serial.ts";

/** Runs of actions that go on at once in one town; each point is a seed, by which they and their beginnings are drawn. */
export const races: Sweep = {
  name: "race",
  groups: contests.map(({ name }) => name),
  quick: "soaking",
  open: async (group) => {
    const contest = contests.find(({ name }) => name === group);
    if (contest === undefined) throw new Error(`There is no race ${group}`);
    const begun = await begin(contest.story);
    return {
      points: Array.from({ length: contest.times }, (_, index) => String(seed + index)),
      run: async (point) => await raced(begun, contest.entrants(seededRandom(Number(point)), begun.deed), contest),
    };
  },
};

async function raced(begun: Begun, entrants: readonly Entrant[], { limit }: Contest): Promise<string | undefined> {
  await using town = await reopen(begun);
  const scene = guarded(town, begun.story);
  const told = chronicle(scene);
  const { clock } = town.sandbox;
  const ran = entrants.map(async (entrant): Promise<Ran> => {
    await clock.sleep(entrant.begins);
    const began = clock.now();
    const running = scene.perform(entrant.order, { env: entrant.env });
    const run = town.runs;
    return { entrant, run, began, ...(await running), ended: clock.now() };
  });
  const over = await town.until(Promise.all(ran));
  await town.pass(leaseTime);
  const stands = begun.story.services.map((service) => standing(town.sandbox, service));
  const race: Race = { begun, told, ran: over, stands };
  const late = race.ran.filter(({ entrant, began, ended }) => ended - began > limit(entrant));
  const wrong = [
    ...scene.breaches,
    ...late.map(({ run, began, ended }) => `run ${run} took ${ended - began} ms`),
    ...(await orderProblems(race)),
  ];
  return wrong.length === 0 ? undefined : [...wrong, "", ...race.ran.map(lineOf)].join("\n");
}

function lineOf({ run, began, ended, entrant: { order }, outputs: { outcome, reason } }: Ran): string {
  const { service, ...what } = order.inputs;
  return `run ${run}, ${began} to ${ended} ms: ${order.action} ${JSON.stringify(what)}: ${outcome}, ${reason}`;
}
