import { at, type What } from "@cutover/sandbox";
import type { ActionRunResult } from "@cutover/workflow";
import { contentOf, liesOf, wrongsOfCancelled } from "./judge.ts";
import type { Point } from "./point.ts";
import { leftovers, lockHolders, openStage, runBundle, runWithin, type Stage, shortenLocks, within } from "./stage.ts";
import type { Deed, Story } from "./stories.ts";

/** How a point went. */
export interface Lived {
  /** Whether the run was struck at all; one that ended before that request was held to how it ends undisturbed. */
  readonly isStruck: boolean;
  /** What was not as it must be; empty if all was well. */
  readonly wrongs: readonly string[];
  /** What the runs printed. */
  readonly log: string;
}

/** How many API requests the story's run makes if nothing strikes it; another time it may be one or two fewer. */
export async function lengthOf(story: Story): Promise<number> {
  await using stage = await openStage(story);
  const { requests } = stage.shop.sandbox;
  const before = requests.length;
  const run = await runBundle(stage, stage.deed);
  if (run.outputs.outcome !== story.outcome) throw new Error(run.log);
  // Its last one frees the lock; what follows is of its post.
  const last = requests.findLast(({ isWrite, resource }) => isWrite && resource === "leases");
  return (last?.number ?? requests.length) - before;
}

/** Lives through a point: the run is struck, and what comes after it finds a way from there. */
export async function live(story: Story, point: Point): Promise<Lived> {
  await using stage = await openStage(story);
  const struck = await strike(stage, point);
  const isStruck = struck.signals.length > 0;
  const wrongs = struckWrongs(stage, point, struck);
  if (point.strike === "gone" && point.recovery !== "patient") shortenLocks(stage);
  const expected = expectation(stage, point);
  const dead = lockHolders(stage);
  const after = await recover(stage, point);
  wrongs.push(...recoveryWrongs(stage, expected, after));
  // A recovery that has nothing to write leaves a dead one's lock as it is.
  const held = lockHolders(stage).filter((holder) => !dead.includes(holder));
  if (held.length > 0) wrongs.push(`The recovery left the lock to ${held}`);
  wrongs.push(...stage.guards.flatMap(({ breaches }) => breaches.slice(0, 3)));
  const left = leftovers(stage);
  if (left.length > 0) wrongs.push(`processes ${left} are left`);
  return { isStruck, wrongs, log: `${struck.log}\n${"-".repeat(40)}\n${after.log}` };
}

async function strike(stage: Stage, { request, moment, strike: kind }: Point): Promise<ActionRunResult> {
  const blow = new AbortController();
  const isDeath = kind === "kill" || kind === "gone";
  const fall = () => {
    blow.abort();
    if (isDeath) return "cut";
    return kind === "hang" ? new Promise(() => undefined) : undefined;
  };
  const what: What = {
    name: `struck ${moment}`,
    act: (delivery) => {
      // The answer of a watch goes on for as long as anybody listens: it is there once it has begun.
      const isEndless = delivery.request.verb === "watch" && moment === "after-answer";
      return at(isEndless ? "after-commit" : moment, fall).act(delivery);
    },
  };
  const { end } = stage.shop.sandbox.fault({ when: { nth: request }, what });
  const interruption = { when: blow.signal, how: isDeath ? "kill" : "cancel" } as const;
  const startPost = hasOwnProcess(request) ? undefined : within(stage.shop);
  const run = await runBundle(stage, stage.deed, { interruption, startPost, runnerDies: kind === "gone" });
  // Where it never came so far, it must not strike who comes after it.
  end();
  return run;
}

function struckWrongs(stage: Stage, { strike: kind }: Point, run: ActionRunResult): string[] {
  const { shop, story } = stage;
  const lies = run.exitCode === undefined ? [] : liesOf(run, shop.sandbox, story.services);
  const rest = kind === "cancel" || kind === "hang" ? wrongsOfCancelled(run) : [];
  const isStruck = run.signals.length > 0;
  if (!isStruck && run.outputs.outcome !== story.outcome)
    rest.push(`undisturbed it ended ${run.outputs.outcome}, not ${story.outcome}`);
  const isFreed = (kind === "gone" && isStruck) || lockHolders(stage).length === 0;
  if (!isFreed) rest.push(`the lock is held by ${lockHolders(stage)} after its post`);
  if (run.post !== undefined && run.post.conclusion !== "success") rest.push(`its post failed: ${run.post.log}`);
  return [...lies, ...rest].map((wrong) => `The run that was struck: ${wrong}`);
}

/** What must be true in the end. */
interface Expectation {
  readonly outcome: string;
  readonly orElse?: string | undefined;
  /** What each service serves, in the order of the story. */
  readonly contents: readonly (string | undefined)[];
}

/** What the recovery has to bring about from here. */
function expectation({ shop, story }: Stage, { recovery }: Point): Expectation {
  const { contents, outcome, services } = story;
  const all = (content: string | undefined) => services.map(() => content);
  if (recovery === "newer") return { outcome: "succeeded", contents: all(contents.newer) };
  if (recovery !== "rollback")
    return {
      outcome,
      orElse: story.orElse,
      contents: all(outcome === "succeeded" ? contents.wanted : contents.before),
    };
  const now = services.map((service) => contentOf(shop.sandbox, service));
  const isBack = story.deed("").action === "rollback";
  if (isBack) return { outcome: "succeeded", contents: all(contents.wanted) };
  const moved = now.filter((content) => content === contents.wanted);
  // Those that were not reached stay where the others go back to.
  if (contents.before === undefined || moved.length === 0) return { outcome: "refused", contents: now };
  return { outcome: "succeeded", contents: all(contents.before) };
}

/** Whether what follows the run that was struck at this request has a process of its own too: it does as much within this one. */
function hasOwnProcess(request: number): boolean {
  return request % 4 === 0;
}

async function recover(stage: Stage, { recovery, strike: kind, request }: Point): Promise<ActionRunResult> {
  const deeds: Partial<Record<Point["recovery"], Deed>> = {
    newer: stage.story.newer,
    rollback: { action: "rollback", inputs: {} },
  };
  const elsewhere = { GITHUB_REPOSITORY: "acme/other", GITHUB_JOB: "other" };
  const env = recovery === "other" || recovery === "patient" ? elsewhere : {};
  const run = kind === "kill" && hasOwnProcess(request) ? runBundle : runWithin;
  return await run(stage, deeds[recovery] ?? stage.deed, { env });
}

function recoveryWrongs({ shop, story }: Stage, expected: Expectation, run: ActionRunResult): string[] {
  const wrongs = liesOf(run, shop.sandbox, story.services);
  const { outcome } = run.outputs;
  if (outcome !== expected.outcome && outcome !== (expected.orElse ?? expected.outcome))
    wrongs.push(`${outcome} instead of ${expected.outcome}`);
  story.services.forEach((service, index) => {
    const content = contentOf(shop.sandbox, service);
    const wanted = expected.contents[index];
    if (content !== wanted) wrongs.push(`${service} serves ${content} instead of ${wanted}`);
  });
  return wrongs.map((wrong) => `The recovery: ${wrong}`);
}
