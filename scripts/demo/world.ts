import { type Sandbox, startSandbox } from "@cutover/sandbox";
import type { WorkflowOrder } from "@cutover/workflow";
import { root } from "../command.ts";
import { service } from "./acts.ts";
import { type Answer, ask } from "./ask.ts";
import { stubFinder } from "./bundle.ts";
import { emptyProduction } from "./quickstart.ts";

/** Where the demo takes place: all that differs between real time and virtual time. */
export interface World extends AsyncDisposable {
  /** Its clock is the demo's. */
  sandbox: Sandbox;
  /** One request to the Service on a connection of its own; never rejects. */
  ask: () => Promise<Answer>;
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
    ask: () => ask(url),
    runner: { cutover: { folder: root, stubOf } },
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
