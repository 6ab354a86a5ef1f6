import {
  beginWaiting,
  formatDuration,
  isReady,
  judgeReadiness,
  type Observed,
  type Readiness,
  remember,
  type Step,
} from "@cutover/release";
import { explain, readEvents } from "./explain.ts";
import { factsOf } from "./facts.ts";
import type { EventRecord } from "./kinds.ts";
import { follow, type Live } from "./live.ts";
import { interpret } from "./observe.ts";
import type { Done, Work } from "./work.ts";

type AwaitReady = Extract<Step, { kind: "await-ready" }>;

/** How often the present is judged while nothing changes, and events are read while something is wrong; milliseconds. */
const judgeEvery = 1_000;
const eventsEvery = 2_000;
/** A line at least this often, so that nobody wonders. */
const sayEvery = 30_000;

/** Waits for the preview pods; doomed ones fail it at once, with the reason. */
export async function awaitReady(work: Work, step: AwaitReady, observed: Observed): Promise<Done> {
  const { clock } = work.setting;
  const kinds = ["Deployment", "ReplicaSet", "Pod"] as const;
  await using live = await follow(work.setting, work.snapshot, { kinds, color: step.color, signal: work.signal });
  const target = observed.slots[step.color].target;
  const say = progress(work);
  const events = eventReader(work);
  let memory = beginWaiting(clock.now());
  for (;;) {
    const facts = factsOf(live.current(), work.setting, { color: step.color, events: events.known(), target });
    memory = remember(memory, facts, clock.now());
    const readiness = judgeReadiness(facts, memory);
    say(readiness);
    if (work.signal.aborted || (readiness.state === "ready" && isProved(work, live, step)))
      return { evidence: {}, snapshot: live.current() };
    const isOver = work.budget.left() <= 0;
    if (readiness.state === "doomed" || isOver) return await condemn(work, { step, live, memory, readiness });
    if (readiness.culprit !== undefined || facts.pods.length > 0) await events.refresh();
    await live.changed(Math.max(1, Math.min(judgeEvery, work.budget.left())));
  }
}

/** Ready pods of the revision are enough only once no pod of another one is left that traffic would reach. */
function isProved({ setting }: Work, live: Live, { color }: AwaitReady): boolean {
  return isReady(interpret(live.current(), setting, true).slots[color]);
}

interface Condemned {
  step: AwaitReady;
  live: Live;
  memory: ReturnType<typeof beginWaiting>;
  readiness: Readiness;
}

/** A wait that ended for a known cause failed; only one in which pods were merely starting is timed out. */
async function condemn(work: Work, { step, live, memory, readiness }: Condemned): Promise<Done> {
  const isKnown = readiness.state === "doomed" || (readiness.culprit?.kind ?? "starting") !== "starting";
  const outcome = isKnown ? "failed" : "timed-out";
  const snapshot = live.current();
  return { evidence: { failure: await explain(work, { step, snapshot, memory, outcome }) }, snapshot };
}

function progress({ setting: { clock, log } }: Work): (readiness: Readiness) => void {
  const started = clock.now();
  let last = { line: "", at: 0 };
  return ({ summary }) => {
    if (summary === last.line && clock.now() - last.at < sayEvery) return;
    const isSame = summary === last.line;
    last = { line: summary, at: clock.now() };
    log.info(isSame ? `Still ${summary} after ${formatDuration(clock.now() - started)}` : summary);
  };
}

/** Events, read at most every two seconds and only while there is something to explain. */
function eventReader(work: Work): { known(): readonly EventRecord[]; refresh(): Promise<void> } {
  const { clock } = work.setting;
  let known: readonly EventRecord[] = [];
  let at = clock.now();
  return {
    known: () => known,
    refresh: async () => {
      if (clock.now() - at < eventsEvery) return;
      known = await readEvents(work);
      at = clock.now();
    },
  };
}
