import type { Runner } from "@cutover/action-kit";
import {
  type Client,
  createNativeEngine,
  type Look,
  look,
  type NativeEngine,
  type Preview,
  preview,
  readAround,
  type Setting,
} from "@cutover/kubernetes";
import {
  convergeTogether,
  type Ending,
  isCutoverError,
  type JointEnding,
  type Wanted,
  wantedTogether,
} from "@cutover/release";
import { connect, requireRights } from "./connect.ts";
import { printPlan } from "./print-plan.ts";
import { questionsFor, questionsOf } from "./questions.ts";
import { firstLine, outcomeOf, publisher, type ReleaseOutputs, type ReleaseResult, releaseResult } from "./results.ts";
import { type ReleaseRun, settingsOf } from "./setting.ts";

/** One release or rollback, from connecting to the locks' release; what goes wrong is told as its outcome. */
export async function runRelease(run: ReleaseRun, runner: Runner<ReleaseOutputs>): Promise<ReleaseResult> {
  try {
    const client = await connect(run.inputs, runner);
    try {
      return await releaseOn(client, run, runner);
    } finally {
      await client.close();
    }
  } catch (error) {
    if (!isCutoverError(error)) throw error;
    runner.setOutputs({ outcome: outcomeOf(error), reason: firstLine(error.message) });
    throw error;
  }
}

/** One service on its way. */
interface Journey {
  setting: Setting;
  rehearsal: Preview;
  engine: NativeEngine;
}

/** Everything that can be refused is refused before the first write. */
async function releaseOn(client: Client, run: ReleaseRun, runner: Runner<ReleaseOutputs>): Promise<ReleaseResult> {
  const settings = await settingsOf(run, runner, client).catch(async (error: unknown) => {
    if (isCutoverError(error, "forbidden")) await requireAll(client, run);
    throw error;
  });
  for (const setting of settings.slice(0, 1)) await requireRights(client, questionsFor(setting, run.wanted));
  const { wanted, looks } = await agreed(settings, run.wanted);
  const startedAt = runner.clock.date();
  const [first] = settings;
  // Nothing that stands around a service keeps it from going back.
  const around = wanted.kind === "deploy" && first ? readAround(client, first.namespace, runner.log) : undefined;
  const journeys = await Promise.all(
    settings.map(async (setting, index): Promise<Journey> => {
      const known = { around, snapshot: looks[index]?.snapshot, prunes: run.inputs.dryRun };
      const rehearsal = await preview(setting, wanted, known);
      return { setting, rehearsal, engine: createNativeEngine(setting, rehearsal.snapshot) };
    }),
  );
  for (const { setting, rehearsal } of journeys)
    await requireRights(client, questionsOf(rehearsal.plan, setting, wanted));
  if (run.inputs.dryRun) return printPlan(journeys, runner);
  const ended = await underLock(journeys, wanted, runner);
  const endings = await Promise.all(
    ended.endings.map(async (ending, index) =>
      isOvertaken(ending) ? await asItStands(ending, settings[index]) : ending,
    ),
  );
  const services = journeys.map(({ setting: { namespace }, rehearsal }) => ({
    namespace,
    activeAtStart: rehearsal.observed.service.active,
  }));
  const context = { wanted, reason: run.reason, startedAt, identity: runner.identity };
  return await releaseResult({ ...ended, endings }, { runner, context, services });
}

/** What is wanted of several services that go back: they have to be seen side by side first. */
async function agreed(
  settings: readonly Setting[],
  wanted: Wanted,
): Promise<{ wanted: Wanted; looks: readonly Look[] }> {
  if (wanted.kind !== "rollback" || settings.length < 2) return { wanted, looks: [] };
  const looks = await Promise.all(settings.map(look));
  const all = looks.map(({ observed }) => observed);
  return { wanted: wantedTogether(all, wanted), looks };
}

/** What runs is read before the rights are known: its refusal names one of them, and this all that lack. */
async function requireAll(client: Client, { inputs, wanted, adopt }: ReleaseRun): Promise<void> {
  const { namespace = client.namespace, probe } = inputs;
  await requireRights(client, questionsFor({ namespace, probe, adopt, source: { kind: "images" } }, wanted));
}

async function underLock(
  journeys: readonly Journey[],
  wanted: Wanted,
  runner: Runner<ReleaseOutputs>,
): Promise<JointEnding> {
  const { clock, signal, identity } = runner;
  const [first] = journeys;
  const services = journeys.map(({ setting }) => setting.service);
  if (first !== undefined) {
    const { namespace } = first.setting;
    runner.saveState({ namespace, services: services.join("\n"), holder: identity.holder });
  }
  const publish = publisher(runner, services);
  const parties = journeys.map(({ setting: { service, log }, engine }) => {
    return { service, engine, around: { log, onObserved: publish } };
  });
  try {
    return await convergeTogether(parties, wanted, { clock, signal });
  } finally {
    const freed = await Promise.all(journeys.map(isFreed));
    // Then there is nothing left for post to look after.
    if (freed.every(Boolean)) runner.saveState({});
  }
}

async function isFreed({ engine, setting: { log } }: Journey): Promise<boolean> {
  try {
    return await engine.close();
  } catch (error) {
    log.warning(`The lock was not freed, and expires by itself: ${String(error)}`);
    return false;
  }
}

/** Whether somebody else, a run or a hand, may have the last word: who is refused after its first step found that, or who waited for the lock in vain. */
function isOvertaken({ outcome, journal, observed }: Ending): boolean {
  const isShutOut = outcome === "timed-out" && !observed.locked;
  return outcome === "superseded" || isShutOut || (outcome === "refused" && journal.length > 0);
}

/** What a run last saw is not true any more then: its outputs would lead later steps astray. */
async function asItStands(ending: Ending, setting: Setting | undefined): Promise<Ending> {
  if (setting === undefined) return ending;
  try {
    return { ...ending, observed: await createNativeEngine(setting).observe() };
  } catch (error) {
    if (isCutoverError(error)) return ending;
    throw error;
  }
}
