import { createHash } from "node:crypto";
import type { What } from "@cutover/sandbox";
import type { Mortal } from "../virtual/mortal.ts";
import type { StepRun, Town } from "../virtual/town.ts";
import { guard } from "./invariants.ts";
import { standing } from "./standing.ts";
import { stories } from "./stories.ts";
import { type Begun, begin, type Order, perform, reopen } from "./story.ts";
import type { Group, Sweep } from "./sweep.ts";

const moments = ["before-send", "after-commit", "after-answer"] as const;
type Moment = (typeof moments)[number];

/** Who comes after the crash. All but the last find that the runner has run the post of what died. */
const recoveries = ["rerun", "newer", "rollback", "another-runner"] as const;
type Recovery = (typeof recoveries)[number];

/** The deed of every story dies at each of its requests, and somebody comes after it. */
export const crashes: Sweep = {
  name: "crash",
  groups: stories.map(({ name }) => name),
  open: async (group) => {
    const story = stories.find(({ name }) => name === group);
    if (story === undefined) throw new Error(`There is no story ${group}`);
    return await crashing(await begin(story));
  },
};

/** How somebody comes to an end. */
interface End {
  /** Outcome and what stands then: must be one of a few. */
  words: string;
  /** What was confirmed, by service: depends on how far the dead one came, but never holds what was not good. */
  confirmed: readonly string[];
  requests: number;
  /** Milliseconds of virtual time. */
  time: number;
}

async function crashing(begun: Begun): Promise<Group> {
  const { first, requests } = await learn(begun);
  const references = new Map<Recovery, Promise<readonly End[]>>();
  const reference = (recovery: Recovery) => {
    const known = references.get(recovery) ?? endsWithoutCrash(begun, recovery);
    references.set(recovery, known);
    return known;
  };
  /** What came of a recovery in a world that was the same to the last byte and millisecond. */
  const seen = new Map<string, string | undefined>();
  const worlds = new Map<string, string>();
  const names = Array.from({ length: requests }, (_, index) => index + 1);
  return {
    points: names.flatMap((number) =>
      moments.flatMap((moment) => recoveries.map((recovery) => `${number}/${moment}/${recovery}`)),
    ),
    run: async (point) => {
      const { number, moment, recovery } = read(point);
      const before = worlds.get(`${number}/${moment}/${recovery === "another-runner"}`);
      if (before !== undefined && seen.has(before + recovery)) return seen.get(before + recovery);
      const allowed = await reference(recovery);
      await using town = await reopen(begun);
      const breaches = guard({ town, story: begun.story });
      const process = town.mortal();
      town.sandbox.fault({ when: { request: first + number }, what: dying(moment, process) });
      const isMachineGone = recovery === "another-runner";
      await town.until(perform(town, begun.deed, { process, isMachineGone }));
      if (!process.isDead) return `it never came to request ${number}`;
      const world = fingerprint(town);
      worlds.set(`${number}/${moment}/${isMachineGone}`, world);
      const key = world + recovery;
      if (!seen.has(key)) {
        const end = await ended(town, orderOf(begun, recovery), recovery === "rerun" ? again : {});
        seen.set(key, problemOf(end, allowed, breaches));
      }
      return seen.get(key);
    },
  };
}

/** As the runner names another attempt at the first run. */
const again = { GITHUB_RUN_ID: "1", GITHUB_RUN_ATTEMPT: "2" };

function read(point: string): { number: number; moment: Moment; recovery: Recovery } {
  const [number, asked, by] = point.split("/");
  const moment = moments.find((one) => one === asked);
  const recovery = recoveries.find((one) => one === by);
  if (moment === undefined || recovery === undefined) throw new Error(`There is no point ${point}`);
  return { number: Number(number), moment, recovery };
}

function orderOf({ story, deed }: Begun, recovery: Recovery): Order {
  if (recovery === "newer") return story.newer;
  return recovery === "rollback" ? story.back : deed;
}

/** Ends a process at one moment of one request. */
function dying(moment: Moment, process: Mortal): What {
  return {
    name: `dies ${moment}`,
    act: async ({ exchange, carryOut }) => {
      if (moment === "after-answer") {
        // A watch is answered when it ends, whoever ends it.
        exchange.response.once("close", process.fade);
        return await carryOut();
      }
      if (moment === "after-commit") await carryOut();
      process.die();
      return undefined;
    },
  };
}

/** How many requests came before the deed, and how many its main has. */
async function learn(begun: Begun): Promise<{ first: number; requests: number }> {
  await using town = await reopen(begun);
  const first = town.sandbox.requests.length;
  const run = await town.until(perform(town, begun.deed, { process: town.mortal(), isMachineGone: true }));
  const { outcome } = begun.story;
  if (run.outputs.outcome !== outcome)
    throw new Error(`${begun.story.name} ended ${run.outputs.outcome}, not ${outcome}:\n${run.log}`);
  return { first, requests: town.sandbox.requests.length - first };
}

/** The ends that a recovery may come to: as if the deed had never been, or as if it had come to its end. */
async function endsWithoutCrash(begun: Begun, recovery: Recovery): Promise<readonly End[]> {
  const order = orderOf(begun, recovery);
  const after = async (orders: readonly Order[]) => {
    await using town = await reopen(begun);
    for (const before of orders) await town.until(perform(town, before));
    return await ended(town, order);
  };
  return [await after([]), await after([begun.deed])];
}

async function ended(town: Town, order: Order, env: Readonly<Record<string, string>> = {}): Promise<End & StepRun> {
  const { clock, requests, registry } = town.sandbox;
  const [began, before] = [clock.now(), requests.length];
  const run = await town.until(perform(town, order, { env }));
  const time = clock.now() - began;
  const asked = requests.length - before;
  // By then a lock that nobody renews is free.
  await town.pass(leaseTime);
  const services = registry.store.list("Service", "shop").map(({ metadata }) => metadata.name);
  const stands = services.map((service) => standing(town.sandbox, service));
  const { outcome } = run.outputs;
  // Who is refused leaves behind what the dead one left.
  const words = [
    outcome,
    ...stands.map(({ serving, idle }) => (outcome === "refused" ? serving : `${serving}; ${idle}`)),
  ];
  return {
    ...run,
    words: words.join("\n  "),
    confirmed: stands.flatMap(({ confirmed }) => confirmed),
    requests: asked,
    time,
  };
}

/** Milliseconds until a lock that nobody renews is free, and a little. */
const leaseTime = 31_500;
/** Looks at a lock until it is free, and what was done before and must be looked at once more. */
const spareRequests = 45;

function problemOf(end: End & StepRun, allowed: readonly End[], breaches: readonly string[]): string | undefined {
  const most = (of: (one: End) => number) => Math.max(...allowed.map(of));
  const wrong = [...breaches];
  if (!allowed.some(({ words }) => words === end.words)) {
    const others = [...new Set(allowed.map(({ words }) => words))];
    wrong.push(`it ended ${end.words}`, ...others.map((words) => `and not ${words}`));
  }
  const good = new Set(allowed.flatMap(({ confirmed }) => confirmed));
  const bad = end.confirmed.filter((one) => !good.has(one));
  if (bad.length > 0) wrong.push(`${bad.join(", ")} was confirmed`);
  if (end.requests > 2 * most(({ requests }) => requests) + spareRequests) wrong.push(`${end.requests} requests`);
  if (end.time > most(({ time }) => time) + leaseTime) wrong.push(`L1: it took ${end.time} ms`);
  return wrong.length === 0 ? undefined : [...wrong, end.log].join("\n");
}

/** The cluster at this moment: what comes next depends on nothing else. */
function fingerprint({ sandbox }: Town): string {
  const world = JSON.stringify([sandbox.clock.now(), sandbox.freeze()]);
  return createHash("sha256").update(world).digest("base64");
}
