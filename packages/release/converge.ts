import type { Others } from "./company.ts";
import { CutoverError, type ErrorCode, isCutoverError } from "./errors.ts";
import { pinned } from "./goal.ts";
import type { Observed, Outcome, Wanted } from "./model.ts";
import { nextStep } from "./next-step.ts";
import { tellParting } from "./parting.ts";
import type { Clock, Log } from "./ports.ts";
import { type Decision, type End, type Evidence, type Failure, noEvidence, type Step, title } from "./step.ts";

/** What moves traffic: looks at the cluster, and carries out one step at a time. */
export interface Engine {
  /** @param anew whether what the last step has seen by itself will not do */
  observe(anew?: boolean): Promise<Observed>;
  /**
   * What the step proved, added to the evidence. A revision that is not good is evidence (`failure`), not an error. A wait
   * ends when `inVain` aborts, and proves nothing then.
   */
  execute(step: Step, observed: Observed, meanwhile?: Meanwhile): Promise<Evidence>;
}

/** What goes on around a step. */
export interface Meanwhile {
  inVain?: AbortSignal | undefined;
  /** Called as soon as the lock is taken, though the step that takes it has more to do. */
  onLocked?: (() => void) | undefined;
}

/** One step as it went, for the summary and the report. */
export interface JournalEntry {
  step: Step;
  title: string;
  /** Calendar time of its start. */
  startedAt: Date;
  milliseconds: number;
  result: "passed" | "failed";
  /** What it found, in a few words. */
  note?: string;
}

/** How a run ended, and all that is known by then. */
export interface Ending {
  outcome: Outcome;
  reason: string;
  hint: string | undefined;
  observed: Observed;
  evidence: Evidence;
  journal: readonly JournalEntry[];
  /** A switch whose answer never came, and after which nobody could look: `observed` is from before it. */
  unseen?: Switch | undefined;
}

type Switch = Extract<Step, { kind: "switch" | "switch-back" }>;

/** What the loop needs of the world around it. */
export interface Surroundings {
  clock: Clock;
  log: Log;
  /** Aborts when the job is cancelled. */
  signal: AbortSignal;
  /** Called after every look at the cluster, so that facts are published as soon as they are known. */
  onObserved?: (observed: Observed) => void;
  /** The services that are released together with this one. */
  others?: Others;
}

/** Times in a row that one step is tried: somebody else may write first, or what it did may not last. */
const patience = 20;

/**
 * The loop: look, decide, do one thing, look again. A crash, a rerun and a second runner are ordinary cases of it.
 * @throws CutoverError only when the cluster could not be looked at even once.
 */
export async function converge(engine: Engine, wanted: Wanted, around: Surroundings): Promise<Ending> {
  let known: Known = { observed: await engine.observe(), evidence: noEvidence, journal: [] };
  let attempt: Attempt | undefined;
  let meant = wanted;
  let isAnew = false;
  for (;;) {
    around.onObserved?.(known.observed);
    meant = pinned(meant, known.observed);
    const { decision, evidence } = decided(known, meant, around.others);
    known = { ...known, evidence };
    if (decision.kind === "step" && around.signal.aborted) return ending(cancelled(known, around.signal), known);
    const isDoubted: boolean = !isAnew && isDoubtful(decision, known, wanted);
    isAnew = isDoubted || (await around.others?.meet(known, decision)) === "look";
    if (!isAnew) {
      if (decision.kind !== "step") return ending(decision, known);
      attempt = following(attempt, decision.step);
      const proved = await tried(engine, attempt, { known, around });
      if (isCutoverError(proved))
        return { ...ending(endOf(proved, known), known), unseen: unseen(attempt.step, proved) };
      known = { ...known, evidence: proved };
    }
    const observed = await caught(engine.observe(isAnew));
    if (isCutoverError(observed)) return ending(endOf(observed, known), known);
    known = { ...known, observed };
  }
}

/**
 * What another run had half done may be whole by now: without the lock, nothing is refused for what was seen once. And a read
 * alone condemns nothing that serves: the server may lag behind.
 */
function isDoubtful(decision: Decision, { observed, evidence }: Known, wanted: Wanted): boolean {
  if (decision.kind === "refused") return !observed.locked && wanted.kind !== "rollback";
  if (decision.kind !== "step" || evidence.failure !== undefined) return false;
  const { step } = decision;
  const isCondemned = step.kind === "mark" && step.result === "failed" && step.revision === observed.service.revision;
  return isCondemned || step.kind === "switch-back";
}

/** What comes next, the trouble of the others included. */
function decided(known: Known, wanted: Wanted, others: Others | undefined): { decision: Decision; evidence: Evidence } {
  const { observed, evidence } = known;
  const decision = nextStep(observed, evidence, wanted);
  const fate = others?.fate(known, decision);
  if (fate === undefined) return { decision, evidence };
  if ("kind" in fate) return { decision: fate, evidence };
  const failed = { ...evidence, failure: fate };
  return { decision: nextStep(observed, failed, wanted), evidence: failed };
}

/** What is proved by now, or the error that ends the run. */
async function tried(
  engine: Engine,
  attempt: Attempt,
  { known, around }: { known: Known; around: Surroundings },
): Promise<Evidence | CutoverError> {
  const proved = await caught(carryOut(engine, attempt, { known, around }));
  if (!isCutoverError(proved)) return { ...known.evidence, ...proved };
  around.log.debug(`${title(attempt.step)}: ${proved.message}`);
  return inVain(known, around)?.aborted ? known.evidence : weighed(proved, attempt, known);
}

/** Nothing is in vain on the way back. */
function inVain({ evidence }: Known, { others }: Surroundings): AbortSignal | undefined {
  return evidence.failure === undefined ? others?.trouble : undefined;
}

interface Known {
  observed: Observed;
  evidence: Evidence;
  journal: JournalEntry[];
}

interface Attempt {
  step: Step;
  /** How often it came in a row, this time included. */
  times: number;
}

function following(last: Attempt | undefined, step: Step): Attempt {
  const isAgain = last !== undefined && title(last.step) === title(step);
  return { step, times: isAgain ? last.times + 1 : 1 };
}

async function carryOut(
  engine: Engine,
  { step, times }: Attempt,
  { known, around }: { known: Known; around: Surroundings },
): Promise<Evidence> {
  const { observed, journal } = known;
  if (times > patience) {
    const message = `${title(step)}: done ${patience} times in a row, and it did not last`;
    throw new CutoverError("timed-out", message, { hint: "See in the log what undoes it, then run this again." });
  }
  return await journaled(step, { around, journal }, () =>
    engine.execute(step, observed, { inVain: inVain(known, around), onLocked: around.others?.locked }),
  );
}

async function journaled(
  step: Step,
  { around: { clock, log }, journal }: { around: Surroundings; journal: JournalEntry[] },
  body: () => Promise<Evidence>,
): Promise<Evidence> {
  const startedAt = clock.date();
  const tick = clock.now();
  let found: Pick<JournalEntry, "result" | "note"> = { result: "failed" };
  try {
    const proved = await log.group(title(step), body);
    const { failure, parting } = proved;
    const note = parting === undefined ? {} : { note: tellParting(parting) };
    found = { result: failure === undefined ? "passed" : "failed", ...note };
    return proved;
  } finally {
    journal.push({ step, title: title(step), startedAt, milliseconds: clock.now() - tick, ...found });
  }
}

/** Our errors as values; bugs stay thrown. */
async function caught<T>(work: Promise<T>): Promise<T | CutoverError> {
  try {
    return await work;
  } catch (error) {
    if (isCutoverError(error)) return error;
    throw error;
  }
}

/** Errors that speak against the revision itself: it is abandoned as if its pods had failed. */
const condemning: readonly ErrorCode[] = ["rejected", "manifest-invalid", "process-failed", "timed-out", "not-found"];

/** What an error tells: that the revision is bad, or only that somebody else wrote first; else it is given back and ends the run. */
function weighed(error: CutoverError, { step, times }: Attempt, { evidence }: Known): Evidence | CutoverError {
  if (error.code === "conflict" && times < patience) return evidence;
  const isVerdict = condemning.includes(error.code) && evidence.failure === undefined;
  if (!isVerdict || !("color" in step) || !("revision" in step)) return error;
  const outcome = error.code === "timed-out" ? "timed-out" : "failed";
  const hint = error.hint === undefined ? {} : { hint: error.hint };
  const { color, revision, kind } = step;
  return { ...evidence, failure: { outcome, revision, color, step: kind, reason: error.message, ...hint } };
}

const outcomes: Partial<Record<ErrorCode, Outcome>> = { refused: "refused", "timed-out": "timed-out" };

/** The end that an error makes. What the revision failed of stays the first thing said. */
function endOf({ code, message, hint }: CutoverError, { evidence: { failure } }: Pick<Known, "evidence">): End {
  const outcome = code === "superseded" ? "superseded" : (failure?.outcome ?? outcomes[code] ?? "failed");
  const advice = failure?.hint ?? hint;
  return { kind: "done", outcome, reason: after(failure, message), ...(advice === undefined ? {} : { hint: advice }) };
}

function cancelled({ evidence: { failure } }: Known, signal: AbortSignal): End {
  return {
    kind: "done",
    outcome: "failed",
    reason: after(failure, `Cancelled (${String(signal.reason)}) between two steps`),
    hint: "Run it again and it goes on from what it finds, or roll back.",
  };
}

function after(failure: Failure | undefined, message: string): string {
  return failure === undefined ? message : `${failure.reason}\nBefore that was cleaned up: ${message}`;
}

/** Errors of requests that may have been carried out all the same. */
const unclear: readonly ErrorCode[] = ["unavailable", "unreachable"];

function unseen(step: Step, { code }: CutoverError): Switch | undefined {
  const isSwitch = step.kind === "switch" || step.kind === "switch-back";
  return isSwitch && unclear.includes(code) ? step : undefined;
}

function ending(end: End, known: Known): Ending {
  const outcome = end.kind === "refused" ? "refused" : end.outcome;
  return { outcome, reason: end.reason, hint: end.hint, ...known };
}
