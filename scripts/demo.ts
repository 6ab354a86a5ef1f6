/** demo.ts: five runs of the actions under load, on the embedded Kubernetes. Fails when anything ends otherwise than it should. */
import { copyFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sandbox } from "@cutover/sandbox";
import { fromRoot } from "./bundle.ts";
import { root } from "./command.ts";
import { acts, service } from "./demo/acts.ts";
import { stubFinder } from "./demo/bundle.ts";
import { startLoad } from "./demo/load.ts";
import { smallest } from "./demo/picture.ts";
import { plain } from "./demo/plain.ts";
import { type Play, play } from "./demo/play.ts";
import { watcher } from "./demo/pods.ts";
import { imageOf, startRetail } from "./demo/retail.ts";
import { count, elapsed, newScene, type Scene, type Show } from "./demo/scene.ts";
import { screen } from "./demo/screen.ts";
import { numbers } from "./demo/verdict.ts";

const perSecond = 100;
/** Where the reports are left. */
const shelf = join(root, ".build", "demo");
const report = join(shelf, "report.html");

const isTerminal =
  process.stdout.isTTY &&
  !["NO_COLOR", "CI"].some((name) => process.env[name]) &&
  process.env.TERM !== "dumb" &&
  process.stdout.columns >= smallest.columns &&
  process.stdout.rows >= smallest.rows;
/** Milliseconds between two acts: time to read what the last one said. */
const pause = isTerminal ? 1_500 : 300;

await rm(shelf, { recursive: true, force: true });
const stubOf = await stubFinder();
const stubs = { "blue-green-deploy": await stubOf("blue-green-deploy"), rollback: await stubOf("rollback") };
console.log(
  `${fromRoot(dirname(stubs.rollback))} on an embedded Kubernetes: examples/retail, ${perSecond} requests/s\n`,
);
process.exitCode = (await demo()) ? 0 : 1;

/** Whether all went as it should. */
async function demo(): Promise<boolean> {
  await using sandbox = await startRetail();
  const scene = newScene(acts(imageOf));
  const show: Show = isTerminal ? screen(process.stdout) : plain(console.log);
  const interrupted = new AbortController();
  process.once("SIGINT", () => {
    interrupted.abort();
    show.close();
    process.exit(130);
  });
  const stop = animate(sandbox, scene, show);
  const { url } = await readyService(sandbox, scene);
  const load = startLoad(url, perSecond, (answer) => count(scene, answer));
  await sleep(pause);
  const took = await playAll(scene, { url, kubeconfig: sandbox.kubeconfig, signal: interrupted.signal });
  await load.stop();
  stop();
  show.close();
  return await conclude(scene, took);
}

/** Keeps the scene true, and shown, until it is stopped. */
function animate(sandbox: Sandbox, scene: Scene, show: Show): () => void {
  const look = watcher(sandbox);
  const beat = () => {
    Object.assign(scene, look(), { now: elapsed(scene) });
    show.show(scene);
  };
  beat();
  const timer = setInterval(beat, 20);
  return () => {
    clearInterval(timer);
    beat();
  };
}

/** The Service's address, once all of its pods are ready. */
async function readyService(sandbox: Sandbox, scene: Scene): Promise<{ url: string }> {
  const isReady = () => scene.slots.blue.length > 0 && scene.slots.blue.every(({ state }) => state === "ready");
  while (!isReady()) {
    if (elapsed(scene) > 20_000) throw new Error("The pods that serve before the first release did not become ready");
    await sleep(20);
  }
  return await sandbox.openService(service.namespace, service.name);
}

/** Plays the acts, and returns the milliseconds that the rollback took from the start of its process to its end. */
async function playAll(scene: Scene, common: Pick<Play, "url" | "kubeconfig" | "signal">): Promise<number> {
  let took = 0;
  for (const [index, view] of scene.acts.entries()) {
    const { action } = view.act;
    const own = join(shelf, `${index + 1}.html`);
    const { durationMs } = await play(view, { ...common, scene, stub: stubs[action], report: own });
    if (action === "rollback") took = durationMs;
    if (view.act.sick !== undefined) await copyFile(own, report);
    await sleep(pause);
  }
  return took;
}

async function conclude(scene: Scene, took: number): Promise<boolean> {
  const flaws = scene.acts.flatMap(({ act, flaws }) => flaws.map((flaw) => `${act.title}: ${flaw}`));
  console.log(`\nMeasured: ${numbers(scene, took)}.`);
  console.log(
    `Report of the release that healed itself: ${fromRoot(report)} (the others: ${fromRoot(shelf)}/1.html …)`,
  );
  for (const flaw of flaws) console.error(`Not as it should be: ${flaw}.`);
  return flaws.length === 0;
}
