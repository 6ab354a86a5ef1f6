import type { Random } from "@cutover/sandbox";
import { at, type Moment, moments } from "./crossing.ts";
import { deedAt, isAt, nameOf, type Point } from "./point.ts";
import type { Shopkeeper } from "./shopkeeper.ts";

/** How a run ends early, and who comes after it. */
export interface Death {
  readonly point: Point;
  readonly moment: Moment;
  readonly how: "kill" | "cancel";
  readonly recovery: "rerun" | "newer release" | "rollback";
  /** Without a post that frees the lock: a rollback takes it, and others wait until it expires. */
  readonly runnerDies: boolean;
}

/** The n-th: every tenth is a cancellation, recoveries take turns, and one in 24 waits for the lock of a dead run. */
export function deathAt(point: Point, n: number, random: Random): Death {
  const recovery = (["rerun", "newer release", "rollback"] as const)[n % 3] ?? "rerun";
  return {
    ...{ point, recovery },
    moment: moments[random.below(moments.length)] ?? "before the answer",
    how: n % 10 === 9 ? "cancel" : "kill",
    runnerDies: recovery === "rollback" || n % 24 === 0,
  };
}

/** Whether the run died. Either way the Service serves what it must when this is over. */
export async function die(keeper: Shopkeeper, death: Death): Promise<boolean> {
  const { point, moment, how, recovery, runnerDies } = death;
  const deed = await deedAt(keeper, point);
  const end = new AbortController();
  const mishap = at(moment, () => {
    end.abort();
    return how === "kill" ? "cut" : undefined;
  });
  const strike = keeper.shop.proxy.begin({ when: (request) => isAt(request, point), mishap });
  const run = await keeper.start(deed, { interruption: { when: end.signal, how }, runnerDies });
  keeper.shop.proxy.begin();
  const hasDied = run.signals.length > 0;
  const successors = { rerun: () => deed, "newer release": () => keeper.release("keep", 2), rollback: keeper.flee };
  const next = hasDied ? await successors[recovery]() : deed;
  const told = `${deed.kind} of ${deed.version}, ${how} ${moment} of ${nameOf(strike.hit ?? point)}, then ${recovery}`;
  await keeper.settle(next, hasDied ? await keeper.start(next) : run, told);
  return hasDied;
}
