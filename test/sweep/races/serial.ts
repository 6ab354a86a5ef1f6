import { parseDuration } from "@cutover/release";
import type { StepRun } from "../../virtual/town.ts";
import type { Standing } from "../standing.ts";
import type { Begun } from "../story.ts";
import type { Chronicle } from "./chronicle.ts";
import type { Entrant } from "./contests.ts";
import { replay } from "./replay.ts";

/** One run of a race, as it went. */
export interface Ran extends StepRun {
  readonly entrant: Entrant;
  readonly run: number;
  /** Milliseconds. */
  readonly began: number;
  readonly ended: number;
}

/** A race that is over. */
export interface Race {
  readonly begun: Begun;
  readonly told: Chronicle;
  readonly ran: readonly Ran[];
  /** How its services stand in the end. */
  readonly stands: readonly Standing[];
}

/**
 * EVERY OUTCOME EQUALS SOME SERIAL ORDER: the same orders, each alone and one after the other in a fresh town, come to the same
 * outcomes, the same active and previous revisions, colors and images, and leave the same behind.
 *
 * The order is none that is searched for, but the one that the runs claim themselves: that in which they took the lock, by the
 * epochs on the Lease. For several services there must be one order that agrees with those of each. Runs that never took a
 * lock wrote nothing; each is done alone, in a copy of the serial town, at the places of the order that it may have seen, and
 * must come to the same at one of them. Two kinds of runs are not done again as they were:
 *
 * - Who is `superseded` was overtaken by a rollback, and by nothing else. If it had moved the traffic it counts as done, for
 *   the rollback leaves what it moved to; else as never begun. What it says of the end is compared with nothing.
 * - Who timed out waiting for a lock has waited for as long as it was told, and has changed nothing: it counts as never begun.
 *
 * Revisions are compared by what they hold: their numbers grow with those that never counted, too.
 */
export async function orderProblems(race: Race): Promise<string[]> {
  const { told, ran } = race;
  const order = serialOrder(race);
  if (order === undefined) return [`the turns have no common order: ${JSON.stringify(told.turns)}`];
  const early = ran.filter(isLockedOut).flatMap((one) => lockedOutProblem(one, told) ?? []);
  const overtaken = order.filter(isOvertaken).flatMap((one) => overtakenProblem(one, race) ?? []);
  const counting = order.filter((one) => !isLockedOut(one) && (!isOvertaken(one) || hasMoved(one, told)));
  const aside = ran.filter((one) => !order.includes(one) && !isLockedOut(one));
  return [...early, ...overtaken, ...(await replay(race, counting, aside))];
}

/** The runs that took a lock, such that each service's turns are in their order; `undefined` if there is none. */
function serialOrder({ told: { turns }, ran }: Race): Ran[] | undefined {
  const queues = [...Map.groupBy(turns, ({ service }) => service).values()].map((all) => all.map(({ run }) => run));
  const order: Ran[] = [];
  while (queues.some(({ length }) => length > 0)) {
    const isNext = (run: number | undefined) => queues.every((queue) => queue[0] === run || !queue.includes(run ?? 0));
    const next = queues.map(([first]) => first).find((run) => run !== undefined && isNext(run));
    const found = ran.find(({ run }) => run === next);
    if (found === undefined) return undefined;
    order.push(found);
    for (const queue of queues) if (queue[0] === next) queue.shift();
  }
  return order;
}

export function isOvertaken({ outputs }: Ran): boolean {
  return outputs.outcome === "superseded";
}

function isLockedOut({ outputs: { outcome, reason = "" } }: Ran): boolean {
  return outcome === "timed-out" && reason.includes("was not free within");
}

function hasMoved({ run, entrant }: Ran, told: Chronicle): boolean {
  return servicesOf(entrant).some((service) => told.hasMoved(run, service));
}

export function servicesOf({ order }: Entrant): readonly string[] {
  const { service = "" } = order.inputs;
  return service.split("\n");
}

function lockedOutProblem({ run, began, ended, entrant }: Ran, told: Chronicle): string | undefined {
  const { "lock-timeout": patience = "5m" } = entrant.order.inputs;
  if (ended - began < (parseDuration(patience) ?? 0)) return `run ${run} gave up the lock after ${ended - began} ms`;
  return told.hasChanged(run) ? `run ${run} had no lock, and has changed something` : undefined;
}

/** By a rollback, in the next turn of one of its services. */
function overtakenProblem({ run, entrant }: Ran, { told: { turns }, ran }: Race): string | undefined {
  const next = servicesOf(entrant).map((service) => {
    const own = turns.filter((turn) => turn.service === service);
    return own[own.findIndex((turn) => turn.run === run) + 1]?.run;
  });
  const isRightful = ran.some((one) => next.includes(one.run) && one.entrant.order.action === "rollback");
  return isRightful ? undefined : `run ${run} was superseded, and not by a rollback`;
}
