import type { StepRun } from "../../virtual/town.ts";
import { guarded, type Scene } from "../scene.ts";
import { type Standing, standing } from "../standing.ts";
import { type Begun, type Order, reopen, type Story } from "../story.ts";
import { type Chronicle, chronicle } from "./chronicle.ts";
import { isOvertaken, type Race, type Ran } from "./serial.ts";

/** Milliseconds after which a lock that nobody frees is free. */
export const leaseTime = 31_500;

/** What a race came to otherwise than its orders do one after the other: `order`, and at some place in it each of those `aside`. */
export async function replay(race: Race, order: readonly Ran[], aside: readonly Ran[]): Promise<string[]> {
  await using town = await reopen(race.begun);
  const scene = guarded(town, race.begun.story);
  const told = chronicle(scene);
  const problems: string[] = [];
  const open = new Map(aside.map((one) => [one, verdictOf(one, race.told)]));
  const met = new Map<Ran, string[]>();
  for (let place = 0; place <= order.length; place++) {
    for (const [one, verdict] of open) {
      if (!mayStandAt(place, one, { race, order })) continue;
      const other = await doneAside(race.begun, scene, one);
      met.set(one, [...(met.get(one) ?? []), other]);
      if (other === verdict) open.delete(one);
    }
    const next = order[place];
    if (next === undefined) continue;
    const again = await town.until(scene.perform(quick(next), { env: next.entrant.env }));
    const [was, is] = [verdictOf(next, race.told), verdictOf(again, told)];
    if (!isOvertaken(next) && was !== is) problems.push(`run ${next.run} came to ${was}\n  in order it is ${is}`);
    if (isOvertaken(next) && again.outputs.outcome !== "succeeded") problems.push(`in order run ${next.run}: ${is}`);
  }
  for (const [one, verdict] of open)
    problems.push(`run ${one.run} came to ${verdict}\n  in order it is ${(met.get(one) ?? []).join(" or ")}`);
  await town.pass(leaseTime);
  const stands = race.begun.story.services.map((service) => standing(town.sandbox, service));
  for (const [index, standsNow] of stands.entries()) {
    const [was, is] = [race.stands[index], standsNow].map((one) => textOf(one, race.begun.story));
    if (was !== is) problems.push(`there stands ${was}\n  in order it is ${is}`);
  }
  return [...problems, ...scene.breaches.map((breach) => `in order: ${breach}`)];
}

/** An order that was overtaken while it watched had come as far as one that does not watch. */
function quick(ran: Ran): Order {
  const { order } = ran.entrant;
  const isWatching = isOvertaken(ran) && "soak" in order.inputs;
  return isWatching ? { ...order, inputs: { ...order.inputs, soak: "0s" } } : order;
}

/** Whether a run that took no lock may have looked at the world between those before `place` and those from it on. */
function mayStandAt(
  place: number,
  { began, ended }: Ran,
  { race, order }: { race: Race; order: readonly Ran[] },
): boolean {
  const until = (time: number) =>
    order.filter(({ run }) => race.told.turns.some((turn) => turn.run === run && turn.at <= time)).length;
  return place >= until(began) - 1 && place <= until(ended);
}

async function doneAside(begun: Begun, { town: { sandbox } }: Scene, { entrant }: Ran): Promise<string> {
  await using town = await reopen({ ...begun, frozen: sandbox.freeze(), date: sandbox.clock.date().getTime() });
  const scene = guarded(town, begun.story);
  const told = chronicle(scene);
  return verdictOf(await town.until(scene.perform(entrant.order, { env: entrant.env })), told);
}

/** The history goes by the names of its entries; how many pods of an idle slot are ready is a matter of time where they fade. */
function textOf(one: Standing | undefined, { excused }: Story): string {
  const idle = excused === undefined ? one?.idle : one?.idle.replace(/^\d+ of /, "");
  return JSON.stringify({ ...one, idle, confirmed: one?.confirmed.toSorted() });
}

/** What a run said, with the contents of revisions for their numbers. */
function verdictOf({ outputs }: StepRun, told: Chronicle): string {
  const { services = "" } = outputs;
  const all: Record<string, Said> = JSON.parse(services || "{}");
  const said = Object.entries(all).map(([service, { outcome, color, revision, previousRevision, images }]) => {
    const [active, previous] = [revision, previousRevision].map((one) => told.contentOf(service, one));
    return { service, outcome, color, active, previous, images };
  });
  return JSON.stringify({ outcome: outputs.outcome, said });
}

interface Said {
  readonly outcome?: string;
  readonly color?: string;
  readonly revision?: number;
  readonly previousRevision?: number;
  readonly images?: unknown;
}
