import {
  awaitedPods,
  beginWaiting,
  formatDuration,
  isCutoverError,
  isReady,
  judgeReadiness,
  type Observed,
  type Readiness,
  remember,
  type Step,
} from "@cutover/release";
import type { View } from "../client/mirror.ts";
import { refuseDrift } from "./drift.ts";
import { explain, podEvents } from "./explain.ts";
import { factsOf } from "./facts.ts";
import { as, type EventRecord } from "./kinds.ts";
import { follow, type Live } from "./live.ts";
import { interpret } from "./observe.ts";
import type { Done, Work } from "./work.ts";

type AwaitReady = Extract<Step, { kind: "await-ready" }>;

/** How often the present is judged while nothing changes, and events are asked for until they may be looked at; milliseconds. */
const judgeEvery = 1_000;
const eventsEvery = 2_000;
/** A line at least this often, so that nobody wonders. */
const sayEvery = 30_000;

/** Waits for the preview pods; doomed ones fail it at once, with the reason. */
export async function awaitReady(work: Work, step: AwaitReady, observed: Observed): Promise<Done> {
  const { clock } = work.setting;
  const kinds = ["Deployment", "ReplicaSet", "Pod"] as const;
  await using live = await follow(work.setting, work.snapshot, { kinds, color: step.color, signal: work.signal });
  using events = eventReader(work);
  const target = awaitedPods(observed.slots[step.color]);
  const say = progress(work);
  let memory = beginWaiting(clock.now());
  for (;;) {
    if (!work.setting.preempts) refuseDrift(work.snapshot, live.current(), work.setting);
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
  return isReady(interpret(live.current(), setting, { locked: true, busy: false }).slots[color]);
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

/** Events, looked at from when there is something to explain; none where the credentials may not read them. */
function eventReader({ setting: { client, namespace, clock }, signal }: Work) {
  let view: View | undefined;
  let asked = clock.now();
  return {
    known: (): readonly EventRecord[] => (view?.items() ?? []).map((item) => as("Event", item)),
    refresh: async (): Promise<void> => {
      if (view !== undefined || clock.now() - asked < eventsEvery) return;
      asked = clock.now();
      view = await unlessRefused(client.look(podEvents(namespace), { lately: true, signal }));
    },
    [Symbol.dispose]: () => view?.close(),
  };
}

async function unlessRefused(look: Promise<View>): Promise<View | undefined> {
  try {
    return await look;
  } catch (error) {
    if (isCutoverError(error)) return undefined;
    throw error;
  }
}
