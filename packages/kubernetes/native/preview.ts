import {
  apply,
  isCutoverError,
  noEvidence,
  type Observed,
  type Plan,
  plan,
  type Step,
  type Wanted,
  type World,
} from "@cutover/release";
import { writeAdoption } from "./adopt.ts";
import type { Around } from "./around.ts";
import { highestEpoch } from "./claim.ts";
import type { Change } from "./filling.ts";
import { interpret } from "./observe.ts";
import { fillSlot } from "./prepare.ts";
import { rehearsePrune } from "./prune.ts";
import type { Setting } from "./setting.ts";
import { type Snapshot, takeSnapshot } from "./snapshot.ts";
import { checkSurroundings } from "./surroundings.ts";
import { writeNarrowing, writeService } from "./switch.ts";
import { createBudget, type Work } from "./work.ts";

/** A plan, with what each of its writes would make of an object. */
export interface Preview {
  /** What it saw: the engine's first look. */
  snapshot: Snapshot;
  observed: Observed;
  plan: Plan;
  changes: ReadonlyMap<Step, readonly Change[]>;
  /** A line for each object that goes with a step because nothing needs it any more; empty unless that was asked for. */
  pruned: ReadonlyMap<Step, readonly string[]>;
}

/** What was read just now. */
interface Known {
  /** What else is in the namespace, where that counts. */
  around?: Promise<Around> | undefined;
  snapshot?: Snapshot | undefined;
  /** Whether to find out what would be pruned, which costs requests. */
  prunes?: boolean;
}

/**
 * The walk that a run would take, its writes done as the server's own dry run: nothing is stored.
 * @throws rejected when the API server refuses an object, refused for what stands in the way of a safe switch.
 */
export async function preview(setting: Setting, wanted: Wanted, known: Known = {}): Promise<Preview> {
  const surroundings = await known.around;
  const service = surroundings?.services.find(({ metadata }) => metadata.name === setting.service);
  let snapshot = known.snapshot ?? (await takeSnapshot(setting, service === undefined ? {} : { service }));
  for (let look = 1; ; look++) {
    try {
      return await lookAhead({ setting, wanted, surroundings, snapshot, prunes: known.prunes === true });
    } catch (error) {
      if (look === looks || !isCutoverError(error, "conflict")) throw error;
      // Somebody else has written meanwhile: what was known is old.
      snapshot = await takeSnapshot(setting);
    }
  }
}

/** Looks at most, while others write too. */
const looks = 5;

interface Outlook {
  setting: Setting;
  wanted: Wanted;
  surroundings: Around | undefined;
  /** Read a moment ago. */
  snapshot: Snapshot;
  prunes: boolean;
}

async function lookAhead({ setting, wanted, surroundings, snapshot, prunes }: Outlook): Promise<Preview> {
  const observed = interpret(snapshot, setting, { locked: false, busy: false });
  const planned = plan(observed, wanted);
  // What stands around a service that has no color yet is looked at by its adoption.
  const isColored = observed.service.defects.length === 0 && snapshot.adoption === undefined;
  if (surroundings !== undefined && isColored) checkSurroundings(surroundings, snapshot, setting);
  const claim = { epoch: highestEpoch(snapshot) };
  const work: Work = {
    setting,
    snapshot,
    claim,
    signal: setting.signal,
    budget: createBudget(setting.clock, setting.timeout),
  };
  const changes = new Map<Step, readonly Change[]>();
  const pruned = new Map<Step, readonly string[]>();
  let world: World = { observed, evidence: noEvidence };
  for (const step of planned.steps) {
    const made = await rehearse(work, step, world.observed);
    if (made.length > 0) changes.set(step, made);
    if (prunes) pruned.set(step, await rehearsePrune(work, step, world.observed));
    world = apply(world, step);
  }
  return { snapshot, observed, plan: planned, changes, pruned };
}

async function rehearse(work: Work, step: Step, observed: Observed): Promise<readonly Change[]> {
  if (step.kind === "prepare") return await fillSlot(work, step, { observed, dryRun: true });
  if (step.kind === "adopt") return [await writeAdoption(work, step, { dryRun: true })];
  if (step.kind === "narrow") return [await writeNarrowing(work, step, { observed, dryRun: true })];
  if (step.kind === "switch") return [await writeService(work, step, { observed, dryRun: true })];
  return [];
}
