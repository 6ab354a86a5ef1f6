import { endOf, endsUndisturbed, problemOf } from "./ending.ts";
import type { FaultKind } from "./fault-kinds.ts";
import { handsOn } from "./hands-on.ts";
import { type Lesson, rest } from "./lesson.ts";
import { guarded, type Scene } from "./scene.ts";
import { standing } from "./standing.ts";
import { type Begun, reopen } from "./story.ts";

/** A fault at one of the requests of a deed, which count from 1. */
export interface Blow {
  readonly request: number;
  readonly kind: FaultKind;
}

/** What was wrong when these struck the deed. */
export async function struck(begun: Begun, lesson: Lesson, blows: readonly Blow[]): Promise<string | undefined> {
  const { story, deed } = begun;
  await using town = await reopen(begun);
  const scene = guarded(town, story);
  const hands = handsOn(scene);
  const faults = blows.map(({ request, kind: { what } }) => {
    return town.sandbox.fault({ when: { request: lesson.first + request }, what });
  });
  const run = await town.until(scene.perform(deed));
  for (const { end } of faults) end();
  // It may be moved when all is over; nobody is to blame for that.
  const isMovedAfterwards = hands.isUnseen();
  hands.end();
  await town.pass(rest);
  const leadsTo = (to: FaultKind["leadsTo"]) => blows.some(({ kind }) => leadOf(kind, blows) === to);
  const isDrift = leadsTo("drift");
  const outcome = run.outputs.outcome ?? "none";
  const wrong = [...(isDrift ? lastingOf(scene) : scene.breaches), ...hands.secondMoves];
  // What fails in its own time may have lost too much of that to be known for bad.
  const isAsTold = outcome === story.outcome || (outcome === "timed-out" && story.outcome === "failed");
  const missing = isAsTold ? differences(scene, lesson, isDrift) : [`it ended ${outcome}`];
  // What one read says, another one has to say too before a good release is taken back.
  const isTakenBack = outcome === "rolled-back" && story.outcome !== "rolled-back";
  if (isTakenBack && blows.length === 1 && leadsTo("doubt"))
    wrong.push("it took a good release back for what a single read said");
  const mayFail = (outcome !== "succeeded" || isMovedAfterwards) && (isDrift || leadsTo("failure") || leadsTo("doubt"));
  // From there on another revision is the previous one.
  const isAnother = hands.isBefore() && (deed.action === "rollback" || story.outcome === "failed");
  if (isAnother) return wrong.length === 0 ? undefined : [...wrong, run.log].join("\n");
  if (!mayFail) wrong.push(...missing);
  else if (missing.length > 0)
    wrong.push(...(isDrift ? await mended(scene, begun, lesson) : await triedAgain(scene, begun, outcome)));
  return wrong.length === 0 ? undefined : [...wrong, run.log].join("\n");
}

/** Another blow moves all that follows: a 404 may then be the first answer of an API, and nobody knows whether it is served. */
function leadOf({ what, leadsTo }: FaultKind, blows: readonly Blow[]): FaultKind["leadsTo"] {
  return blows.length > 1 && what.name === "answer 404" ? "failure" : leadsTo;
}

/** What another try comes to, once nothing is in the way any more: as if nothing ever had been. */
async function triedAgain(scene: Scene, begun: Begun, outcome: string): Promise<readonly string[]> {
  const known = scene.breaches.length;
  const end = await endOf(scene, begun.deed);
  // An approval is good for one switch.
  const isSpent = outcome === "rolled-back" && begun.deed.action === "promote";
  if (isSpent && end.outcome === "refused") return scene.breaches.slice(known);
  const problem = problemOf(end, await endsUndisturbed(begun, begun.deed), scene.breaches.slice(known));
  return problem === undefined ? [] : ["Once more:", problem];
}

/** The same, where somebody has changed what the deed works on. */
async function mended(scene: Scene, { deed, story }: Begun, lesson: Lesson): Promise<readonly string[]> {
  // Where the new release lets the Service down, somebody may have taken away all that was good.
  if (story.excused !== undefined) return [];
  const known = scene.breaches.length;
  const end = await endOf(scene, deed);
  // It has something to do again, though it had succeeded.
  const breaches = scene.breaches.slice(known).filter((breach) => !breach.startsWith("S7,"));
  // What somebody has changed is not what was approved, or is retired.
  if (end.outcome === "refused" && ["promote", "retire"].includes(deed.action)) return breaches;
  if (end.outcome === story.outcome) return [...breaches, ...differences(scene, lesson, true)];
  return [...breaches, `once more it ended ${end.outcome}\n${end.log}`];
}

/** Of a slot that somebody meddled with, nothing is asked. */
function differences({ town, story }: Scene, { stands }: Lesson, isDrift: boolean): readonly string[] {
  const worded = (one: Lesson["stands"][number] | undefined) => (isDrift ? one?.serving : JSON.stringify(one));
  return story.services.flatMap((service, index) => {
    const [is, wanted] = [standing(town.sandbox, service), stands[index]].map(worded);
    return is === wanted ? [] : [`it stands: ${is}\n and not:  ${wanted}`];
  });
}

/** Milliseconds in which a slot that somebody took away in the moment of the switch must have lost its traffic again. */
const soon = 3_000;

/** Breaches but for what somebody else's deed has cost: a few answers, or all if there is nothing else that is good. */
function lastingOf({ breaches, story }: Scene): string[] {
  const times = breaches.map((breach) => Number(/ at (\d+) ms/.exec(breach)?.[1]));
  const isShort = story.excused !== undefined || Math.max(...times) - Math.min(...times) <= soon;
  return breaches.filter((breach) => !isShort || !/^S[1236],/.test(breach));
}
