import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "@cutover/action-kit";
import type { ActionRunResult, StartAction } from "@cutover/workflow";
import { root } from "../../../scripts/command.ts";
import { type Circumstances, type OpenShop, openShop } from "../../journeys/open-shop.ts";
import { type Guard, guardService } from "../../virtual/guard.ts";
import { actionsWithin } from "../../virtual/in-process-actions.ts";
import type { Deed, Story } from "./stories.ts";

/** The world of a story, up to the run that is struck. */
export interface Stage extends AsyncDisposable {
  readonly shop: OpenShop;
  readonly story: Story;
  readonly deed: Deed;
  /** Looks at each state of each Service. */
  readonly guards: readonly Guard[];
}

/** Opens it, and does within this process what came before. */
export async function openStage(story: Story): Promise<Stage> {
  const shop = await openShop(story.town, { service: story.services.join("\n"), soak: "10ms" });
  shop.checkOut(story.files);
  let approved: string | undefined = "";
  for (const deed of story.before) {
    const { outputs, log } = await runWithin({ shop }, deed);
    if (outputs.outcome !== "succeeded") throw new Error(log);
    approved = outputs.preview;
  }
  const guards = story.services.map((service) =>
    guardService(shop.sandbox, { service, needed: 2, excused: "unready", visitEvery: 10 }),
  );
  return {
    ...{ shop, story, guards, deed: story.deed(approved ?? "") },
    [Symbol.asyncDispose]: async () => {
      for (const guard of guards) guard.stop();
      await shop[Symbol.asyncDispose]();
    },
  };
}

/** Runs the bundle in a process of its own, main and post. What is not said to strike it does not. */
export async function runBundle({ shop }: Stage, deed: Deed, how: Circumstances = {}): Promise<ActionRunResult> {
  // Its children get no other variable that tells whose they are.
  const env = { ...how.env, HOME: shop.temp, NODE_COMPILE_CACHE: join(root, ".build", "compiled-bundle") };
  const interruption = { when: new AbortController().signal, how: "kill" } as const;
  return await shop.start(deed.action, deed.inputs, { interruption, ...how, env }).ended;
}

/** Runs the same code within this process and without TLS, which takes a quarter of the time. */
export async function runWithin(
  { shop }: Pick<Stage, "shop">,
  deed: Deed,
  how: Circumstances = {},
): Promise<ActionRunResult> {
  return await shop.start(deed.action, deed.inputs, { start: within(shop), ...how }).ended;
}

/** Carries actions out within this process. */
export function within({ sandbox }: OpenShop): StartAction {
  return actionsWithin({ clock: systemClock, dial: () => sandbox.connect() });
}

/** Who holds the locks of the story's services. */
export function lockHolders({ shop, story }: Stage): string[] {
  return story.services.flatMap((service) => {
    const spec = shop.sandbox.registry.store.get("Lease", "shop", `cutover-${service}`)?.spec;
    const holder = typeof spec === "object" && spec !== null && "holderIdentity" in spec ? spec.holderIdentity : null;
    return typeof holder === "string" && holder !== "" ? [holder] : [];
  });
}

/** Lets locks whose holder is gone end after a second, so that who waits for them need not wait for half a minute. */
export function shortenLocks({ shop: { sandbox }, story }: Stage): void {
  const { registry } = sandbox;
  for (const service of story.services) {
    const target = { kind: "Lease", namespace: "shop", name: `cutover-${service}` } as const;
    const spec = registry.store.get("Lease", "shop", target.name)?.spec;
    if (typeof spec !== "object" || spec === null) continue;
    const shorter = { ...spec, leaseDurationSeconds: 1 };
    registry.update(target, (live) => ({ ...live, spec: shorter }), { manager: "sweep" });
  }
}

/** Ids of processes that still run and were started here. */
export function leftovers({ shop }: Stage): string[] {
  return readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && environmentOf(pid).includes(shop.temp));
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    // It has ended, or belongs to somebody else.
    return "";
  }
}
