import { CutoverError, type Engine, isCutoverError, type Observed, type Step } from "@cutover/release";
import { adopt, unadopt } from "./adopt.ts";
import { awaitReady } from "./await-ready.ts";
import { type Claimed, checkClaims, claimObjects, highestEpoch } from "./claim.ts";
import type { Claim } from "./conditional.ts";
import { refuseDrift, refuseMoved } from "./drift.ts";
import type { HeldLease } from "./held-lease.ts";
import { holdFloor, restoreFloor } from "./hold.ts";
import { acquireLease, overtaken, type Sighting } from "./lease.ts";
import { createLookout } from "./lookout.ts";
import { mark } from "./mark.ts";
import { interpret } from "./observe.ts";
import { prepare } from "./prepare.ts";
import { probe, smoke } from "./probe.ts";
import { recordBaseline, recordRelease } from "./record.ts";
import { drain, retire } from "./retire.ts";
import type { Setting } from "./setting.ts";
import { type Snapshot, takeSnapshot } from "./snapshot.ts";
import { narrow, switchTraffic } from "./switch.ts";
import { confirm, soak } from "./watch-over.ts";
import { createBudget, type Done, type Work } from "./work.ts";

/** The native engine: a Service's selector moves the traffic. */
export interface NativeEngine extends Engine {
  /** Frees the lock, if we hold it. Whether that is certain: a write whose answer was lost may have taken it, or not freed it. */
  close(): Promise<boolean>;
}

interface Held {
  lease: HeldLease;
  claim: Claim;
  /** Service and slots as this run left them; what differs was somebody else. */
  left: Claimed;
  /** Whether this run has moved the traffic: from then on other hands have the last word. */
  switched: boolean;
}

/** @param first what a rehearsal has just seen; the claim is conditional on it, so that it serves as the first look */
export function createNativeEngine(setting: Setting, first?: Snapshot): NativeEngine {
  const budget = createBudget(setting.clock, setting.timeout);
  let snapshot = first;
  let held: Held | undefined;
  let mayHold = false;
  const lookout = createLookout(setting);
  const look = async () => {
    refuseLost(held?.lease, setting);
    snapshot ??= await takeSnapshot(setting);
    if (held !== undefined) checkHeld(held, snapshot, setting);
    return snapshot;
  };
  const execute: NativeEngine["execute"] = async (step, observed, { inVain, onLocked } = {}) => {
    const seen = await look();
    snapshot = undefined;
    if (step.kind === "lock") {
      mayHold = true;
      const waiting = { ...setting, signal: endingBy(setting.signal, inVain) };
      const locked = await budget.exempt(() => lock(waiting, { snapshot: seen, sighting: lookout.last }, onLocked));
      held = locked.held;
      snapshot = locked.snapshot;
      return {};
    }
    if (held === undefined) throw new Error(`Step ${step.kind} without the lock`);
    const signal = endingBy(setting.signal, held.lease.lost, inVain);
    const work = { setting, snapshot: seen, claim: held.claim, signal, budget };
    const done = await unlessAborted(work, carryOut(work, step, observed));
    refuseLost(held.lease, setting);
    held = { ...held, ...leftBy(step, { done, held }) };
    // What looks like a failure may be the work of whoever took over: that is looked at again, claim and all.
    const isKnown = done.evidence.failure === undefined && !adopting.has(step.kind);
    snapshot = isKnown ? done.snapshot : undefined;
    return done.evidence;
  };
  return {
    observe: async (anew = false) => {
      if (anew) snapshot = undefined;
      const seen = () => budget.spend(look);
      const world = await (mayHold ? seen() : lookout.around(seen, anew));
      return interpret(world, setting, { locked: held !== undefined, busy: held === undefined && lookout.isBusy });
    },
    execute: (...asked) => budget.spend(() => execute(...asked)),
    close: async () => {
      const last = held;
      held = undefined;
      if (last !== undefined) mayHold = await isLeft(last);
      return !mayHold;
    },
  };
}

/** Frees the lock; whether it may be ours all the same. */
async function isLeft({ lease }: Held): Promise<boolean> {
  await lease.release();
  return lease.lost.aborted;
}

/** After these it is found out anew what stands behind the Service. */
const adopting: ReadonlySet<Step["kind"]> = new Set(["adopt", "narrow", "unadopt"]);

function endingBy(...signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  return AbortSignal.any(signals.filter((signal) => signal !== undefined));
}

/** Milliseconds for which what was seen before the lock was taken counts as seen just now. */
const isFresh = 1_000;

/** Lease first, then the claim: only what is read after both counts, and of what was claimed the answers to that. */
async function lock(
  setting: Setting,
  { snapshot, sighting }: { snapshot: Snapshot; sighting: Sighting | undefined },
  onLocked: () => void = () => undefined,
): Promise<{ held: Held; snapshot: Snapshot }> {
  const { client, clock, log, identity } = setting;
  const started = clock.now();
  const lease = await acquireLease(setting, highestEpoch(snapshot), sighting);
  onLocked();
  try {
    const claim = { epoch: lease.epoch };
    const claimed = await claimObjects(client, snapshot, claim);
    log.info(`Locked as ${identity.holder}, epoch ${claim.epoch}`);
    // No run's claim is on autoscalers, and what is written on them is conditional on what was seen.
    const isJustSeen = clock.now() - started < isFresh;
    const known = isJustSeen ? { ...claimed, autoscalers: snapshot.autoscalers } : claimed;
    return { held: { lease, claim, left: claimed, switched: false }, snapshot: await takeSnapshot(setting, known) };
  } catch (error) {
    await lease.release();
    throw error;
  }
}

/** @throws superseded or refused when another run, or anybody else, has written on what this run works with */
function checkHeld({ claim, left, switched }: Held, snapshot: Snapshot, setting: Setting): void {
  checkClaims(snapshot, claim);
  if (switched) refuseMoved(left, snapshot, setting);
  // A rollback takes the world as it is: it may be that very hand's way out.
  else if (!setting.preempts) refuseDrift(left, snapshot, setting);
}

/** What a step has written counts as ours from here on. */
function leftBy(
  step: Step,
  { done, held: { left, switched } }: { done: Done; held: Held },
): Pick<Held, "left" | "switched"> {
  const now = done.snapshot;
  switch (step.kind) {
    case "narrow":
    case "switch":
    case "switch-back":
      return { left: { ...left, service: now?.service }, switched: switched || step.kind === "switch" };
    case "record-baseline":
      return { left: now ?? left, switched };
    case "adopt":
    case "unadopt":
    case "prepare":
    case "retire":
      return {
        left: { ...left, deployments: { ...left.deployments, [step.color]: now?.deployments[step.color] } },
        switched,
      };
    default:
      return { left, switched };
  }
}

/** A wait that was cut short proves nothing, and a request that was has not failed. */
async function unlessAborted({ signal }: Work, step: Promise<Done>): Promise<Done> {
  try {
    return await step;
  } catch (error) {
    if (signal.aborted && isCutoverError(error, "timed-out")) return { evidence: {} };
    throw error;
  }
}

function refuseLost(lease: HeldLease | undefined, { service }: Setting): void {
  if (lease === undefined || !lease.lost.aborted) return;
  if (lease.lost.reason === "not renewed") {
    throw new CutoverError("unavailable", `The lock of Service ${service} could not be renewed in time`, {
      hint: "The API server did not answer for too long. Run it again: it goes on from what it finds.",
    });
  }
  throw overtaken(service);
}

async function carryOut(work: Work, step: Exclude<Step, { kind: "lock" }>, observed: Observed): Promise<Done> {
  switch (step.kind) {
    case "record-baseline":
      return await recordBaseline(work, step.color, observed);
    case "adopt":
      return await adopt(work, step);
    case "narrow":
      return await narrow(work, step, observed);
    case "unadopt":
      return await unadopt(work, step);
    case "record":
      return await recordRelease(work, step.color, observed);
    case "prepare":
      return await prepare(work, step, observed);
    case "hold-floor":
      return await holdFloor(work, step);
    case "restore-floor":
      return await restoreFloor(work, step);
    case "await-ready":
      return await awaitReady(work, step, observed);
    case "probe":
      return await probe(work, step);
    case "smoke":
      return await smoke(work, step);
    case "switch":
    case "switch-back":
      return await switchTraffic(work, step, observed);
    case "confirm":
      return await confirm(work, step);
    case "soak":
      return await work.budget.exempt(() => soak(work, step));
    case "mark":
      return await mark(work, step, observed);
    case "drain":
      return await work.budget.exempt(() => drain(work, step, observed));
    case "retire":
      return await retire(work, step, observed);
  }
}
