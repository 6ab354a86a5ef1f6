/**
 * demo.ts [--fast] [--lose] [--picture FILE]: the workflows of examples/quickstart under load, on the embedded Kubernetes.
 * Fails when anything ends otherwise than it should, a lost request before all; `--lose` loses one, to show that. `--fast`
 * does it in virtual time and tells it in plain lines. `--picture` leaves what a terminal shows when the ill release has
 * just been taken back.
 */
import { parseArgs } from "node:util";
import { fromRoot } from "./bundle.ts";
import { photographer } from "./demo/photographer.ts";
import { smallest } from "./demo/picture.ts";
import { plain } from "./demo/plain.ts";
import { perform, perSecond, report, shelf } from "./demo/run.ts";
import type { Scene, Show } from "./demo/scene.ts";
import { screen } from "./demo/screen.ts";
import { flawsOf, numbers } from "./demo/verdict.ts";
import { losing, realWorld, virtualWorld } from "./demo/world.ts";

const { values: options } = parseArgs({
  options: {
    fast: { type: "boolean", default: false },
    lose: { type: "boolean", default: false },
    picture: { type: "string" },
  },
});

const isTerminal =
  !options.fast &&
  process.stdout.isTTY &&
  !["NO_COLOR", "CI"].some((name) => process.env[name]) &&
  process.env.TERM !== "dumb" &&
  process.stdout.columns >= smallest.columns &&
  process.stdout.rows >= smallest.rows;

const interrupted = new AbortController();
process.on("SIGINT", () => interrupted.abort());

if (!isTerminal) console.log(`The workflows of examples/quickstart on an embedded Kubernetes, ${perSecond} requests/s`);
process.exitCode = await demo();

async function demo(): Promise<number> {
  await using world = await (options.fast ? virtualWorld() : realWorld());
  const stage: Show = isTerminal ? screen(process.stdout) : plain(console.log);
  const show = options.picture === undefined ? stage : photographer(stage, options.picture);
  const performance = { show, pause: isTerminal ? 1_500 : 300, signal: interrupted.signal };
  const played = perform(options.lose ? losing(world) : world, performance);
  const scene = await world.pass(played).finally(() => show.close());
  return interrupted.signal.aborted ? 130 : conclude(scene);
}

/** Tells what was measured and what was not as it should be; the exit code. */
function conclude(scene: Scene): number {
  console.log(`\nMeasured: ${numbers(scene)}.`);
  console.log(
    `Report of the release that healed itself: ${fromRoot(report)} (the others: ${fromRoot(shelf)}/1.html …)`,
  );
  const flaws = scene.acts.flatMap((view) => flawsOf(view).map((flaw) => `${view.act.title}: ${flaw}`));
  for (const flaw of flaws) console.error(`Not as it should be: ${flaw}.`);
  return flaws.length === 0 ? 0 : 1;
}
