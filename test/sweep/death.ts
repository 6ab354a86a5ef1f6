import type { What } from "@cutover/sandbox";
import type { Mortal } from "../virtual/mortal.ts";
import type { Fate } from "../virtual/town.ts";
import type { Scene } from "./scene.ts";
import type { Order } from "./story.ts";

/** When a process dies, as to one of its requests. */
export const moments = ["before-send", "after-commit", "after-answer"] as const;
export type Moment = (typeof moments)[number];

export interface Death extends Pick<Fate, "isMachineGone"> {
  /** The request, from 1 on among those that come from now on. */
  number: number;
  moment: Moment;
}

/** Carries out `order` in a process that dies; whether it came so far. */
export async function dieAt(
  { town, perform }: Scene,
  order: Order,
  { number, moment, ...how }: Death,
): Promise<boolean> {
  const process = town.mortal();
  const request = town.sandbox.requests.length + number;
  const { end } = town.sandbox.fault({ when: { request }, what: dying(moment, process) });
  await town.until(perform(order, { process, ...how }));
  end();
  return process.isDead;
}

/** @throws Error that says what is none */
export function momentNamed(name: string | undefined): Moment {
  const found = moments.find((one) => one === name);
  if (found === undefined) throw new Error(`expected one of ${moments.join(", ")}, got ${name}`);
  return found;
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
