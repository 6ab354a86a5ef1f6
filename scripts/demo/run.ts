import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../command.ts";
import { acts } from "./acts.ts";
import { type Load, startLoad } from "./load.ts";
import { play } from "./play.ts";
import { endpoints, watcher } from "./pods.ts";
import { imageOf } from "./quickstart.ts";
import { count, currentAct, newScene, type Scene, type Show } from "./scene.ts";
import type { World } from "./world.ts";

export const perSecond = 100;
/** Where the reports are left: one an act, and that of the release that healed itself. */
export const shelf = join(root, ".build", "demo");
export const report = join(shelf, "report.html");

/** Milliseconds between two looks at the cluster. */
const beatEvery = 20;

export interface Performance {
  show: Show;
  /** Milliseconds between two acts: time to read what the last one said. */
  pause: number;
  signal: AbortSignal;
}

/** Plays all acts in `world`, under load from the moment that the Service has somebody to answer. Returns what there was to see. */
export async function perform(world: World, { show, pause, signal }: Performance): Promise<Scene> {
  await rm(shelf, { recursive: true, force: true });
  await mkdir(shelf, { recursive: true });
  const scene = newScene(acts(imageOf));
  const users = usersOf(world, scene);
  const stop = animate(world, scene, () => {
    users.look();
    show.show(scene);
  });
  try {
    for (const [index, view] of scene.acts.entries()) {
      const own = join(shelf, `${index + 1}.html`);
      await play(view, { scene, world, report: own, signal });
      if (signal.aborted) break;
      if (view.act.sick !== undefined) await copyFile(own, report);
      await world.sandbox.clock.sleep(pause, signal);
    }
  } finally {
    await users.leave();
    stop();
  }
  return scene;
}

/** Keeps the scene true until it is stopped, and calls `onBeat` then and at every look. */
function animate({ sandbox }: World, scene: Scene, onBeat: () => void): () => void {
  const { clock } = sandbox;
  const began = clock.now();
  const look = watcher(sandbox);
  let cancel: () => void = () => undefined;
  const update = () => {
    Object.assign(scene, look(), { now: clock.now() - began });
    onBeat();
  };
  const beat = () => {
    update();
    cancel = clock.schedule(beatEvery, beat);
  };
  beat();
  return () => {
    cancel();
    update();
  };
}

/** Those who use the Service: they come when it first has a ready endpoint, and ask until they leave. */
function usersOf({ sandbox, ask }: World, scene: Scene): { look(): void; leave(): Promise<void> } {
  let load: Load | undefined;
  const mayMeet = (sick: string | undefined) =>
    sick !== undefined && endpoints(sandbox).some(({ version }) => version === sick);
  const send = async () => {
    const sick = currentAct(scene)?.act.sick;
    const before = mayMeet(sick);
    const answer = await ask();
    count(scene, answer, before || mayMeet(sick));
  };
  return {
    look() {
      if (load === undefined && endpoints(sandbox).some(({ isReady }) => isReady))
        load = startLoad(sandbox.clock, perSecond, send);
    },
    leave: async () => await load?.stop(),
  };
}
