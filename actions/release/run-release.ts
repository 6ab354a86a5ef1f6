import type { Runner } from "@cutover/action-kit";
import { type Client, createNativeEngine, type NativeEngine, preview, type Setting } from "@cutover/kubernetes";
import { converge, type Ending, isCutoverError, type Wanted } from "@cutover/release";
import { connect, requireRights } from "./connect.ts";
import { printPlan } from "./print-plan.ts";
import { questionsFor } from "./questions.ts";
import { firstLine, outcomeOf, publisher, type ReleaseOutputs, type ReleaseResult, releaseResult } from "./results.ts";
import { type ReleaseRun, settingOf } from "./setting.ts";

/** One release or rollback, from connecting to the lock's release; what goes wrong is told as its outcome. */
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

/** Everything that can be refused is refused before the first write. */
async function releaseOn(client: Client, run: ReleaseRun, runner: Runner<ReleaseOutputs>): Promise<ReleaseResult> {
  const { wanted, reason } = run;
  const setting = await settingOf(run, runner, client);
  const { namespace } = setting;
  await requireRights(client, questionsFor(setting, wanted));
  const startedAt = runner.clock.date();
  const rehearsal = await preview(setting, wanted);
  if (run.inputs.dryRun) return printPlan(rehearsal, setting, runner);
  runner.saveState({ namespace, service: setting.service, holder: setting.identity.holder });
  const engine = createNativeEngine(setting, rehearsal.snapshot);
  const ended = await convergeUnderLock(engine, wanted, runner);
  const ending = ended.outcome === "superseded" ? await asItStands(ended, setting) : ended;
  const activeAtStart = rehearsal.observed.service.active;
  const context = { namespace, wanted, reason, activeAtStart, startedAt, identity: runner.identity };
  return await releaseResult(ending, { runner, context });
}

async function convergeUnderLock(
  engine: NativeEngine,
  wanted: Wanted,
  runner: Runner<ReleaseOutputs>,
): Promise<Ending> {
  const { clock, log, signal } = runner;
  try {
    return await converge(engine, wanted, { clock, log, signal, onObserved: publisher(runner) });
  } finally {
    await engine
      .close()
      .catch((error: unknown) => log.warning(`The lock was not freed, and expires by itself: ${String(error)}`));
  }
}

/** What a run last saw is not true any more once another has taken over: its outputs would lead later steps astray. */
async function asItStands(ending: Ending, setting: Setting): Promise<Ending> {
  try {
    return { ...ending, observed: await createNativeEngine(setting).observe() };
  } catch (error) {
    if (isCutoverError(error)) return ending;
    throw error;
  }
}
