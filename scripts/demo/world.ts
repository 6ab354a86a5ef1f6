import { type Sandbox, startSandbox, type Visit, virtualClock } from "@cutover/sandbox";
import type { WorkflowOrder } from "@cutover/workflow";
import { actionsWithin } from "../../test/virtual/in-process-actions.ts";
import { root } from "../command.ts";
import { service } from "./acts.ts";
import { type Answer, ask, versionIn } from "./ask.ts";
import { stubFinder } from "./bundle.ts";
import { emptyProduction } from "./quickstart.ts";

/** Where the demo takes place: all that differs between real time and virtual time. */
export interface World extends AsyncDisposable {
  /** Its clock is the demo's. */
  sandbox: Sandbox;
  /** Lets time pass until `work` has ended. */
  pass<T>(work: Promise<T>): Promise<T>;
  /** One request to the Service on a connection of its own; never rejects. */
  ask(): Promise<Answer>;
  /** What carries the actions out. */
  runner: Pick<WorkflowOrder, "cutover" | "startAction">;
}

/** The embedded Kubernetes over real HTTP, and each action in a process of its own, from the bundle as it ships. */
export async function realWorld(): Promise<World> {
  const stubOf = await stubFinder();
  // A bundle that has to be made first is no part of the show.
  await stubOf("rollback");
  const sandbox = await startSandbox(await emptyProduction());
  const { url } = await sandbox.openService(service.namespace, service.name);
  return {
    sandbox,
    pass: (work) => work,
    ask: () => ask(url),
    runner: { cutover: { folder: root, stubOf } },
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

/** The same in virtual time: the actions' sources in this process, connections and requests without the network. */
export async function virtualWorld(): Promise<World> {
  const clock = virtualClock();
  const sandbox = await startSandbox({ ...(await emptyProduction()), clock, listen: false });
  const startAction = actionsWithin({ clock, dial: () => sandbox.connect() });
  return {
    sandbox,
    pass: (work) => clock.drive(work),
    ask: async () => answerOf(sandbox.traffic.visit(service)),
    runner: { cutover: { folder: root, stubOf: async (action) => action }, startAction },
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

/** The same world, in which the hundredth request goes nowhere: for the proof that the demo notices. */
export function losing(world: World): World {
  let asked = 0;
  return {
    ...world,
    async ask() {
      const answer = await world.ask();
      asked += 1;
      return asked === 100 ? { ...answer, good: false } : answer;
    },
  };
}

function answerOf(visit: Visit): Answer {
  if (typeof visit === "string") return { version: undefined, good: false, milliseconds: 0 };
  return { version: versionIn(visit.body), good: visit.status === 200, milliseconds: 0 };
}
