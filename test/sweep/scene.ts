import type { Change, LoggedRequest } from "@cutover/sandbox";
import { type Fate, type StepRun, type Town, tokenOf } from "../virtual/town.ts";
import { claims } from "./invariants/claims.ts";
import { foreign } from "./invariants/foreign.ts";
import { reports } from "./invariants/reports.ts";
import { serving } from "./invariants/serving.ts";
import type { Order, Story } from "./story.ts";

/** A cluster in which every state is held to S1 to S10, and every run that it performs. */
export interface Scene {
  readonly town: Town;
  readonly story: Story;
  /** What was wrong so far, each with the name of what it breaks. */
  readonly breaches: readonly string[];
  /** Begins a run of `order`: main and post, or what `how` leaves of them. */
  perform(order: Order, how?: Fate): Promise<StepRun>;
  /** Whose request is being carried out at this moment, if a run's. */
  doer(): Doer | undefined;
}

/** A run, by what made a change. */
export interface Doer {
  /** From 1, in the order in which they began. */
  readonly run: number;
  readonly order: Order;
  readonly request: LoggedRequest;
}

/** A run that has come to its end by itself, not by the death of its process. */
export interface EndedRun extends StepRun {
  readonly run: number;
  readonly order: Order;
  /** All that it asked, in order. */
  readonly requests: readonly LoggedRequest[];
}

/**
 * Things that must always hold, by name: each is asked after every change of the cluster (with whose doing it was, if a run's), or
 * at the end of every run, and says what is wrong.
 */
export interface Invariants {
  readonly changed?: Readonly<Record<string, (change: Change, by: Doer | undefined) => string | undefined>>;
  readonly ended?: Readonly<Record<string, (run: EndedRun) => string | undefined>>;
}

/** What invariants are made for; each may also listen by itself, and then `tell`s. */
export interface Ground extends Pick<Scene, "town" | "story"> {
  tell(wrong: string): void;
}

const families: readonly ((ground: Ground) => Invariants)[] = [serving, claims, reports, foreign];

/** Holds `town` to all of them from now on. */
export function guarded(town: Town, story: Story): Scene {
  const { registry, requests, clock, serving: underWay } = town.sandbox;
  const breaches: string[] = [];
  const tell = (wrong: string): void => void breaches.push(wrong);
  const invariants = families.map((family) => family({ town, story, tell }));
  const orders = new Map<number, Order>();
  const doer = (): Doer | undefined => {
    const request = underWay();
    const run = [...orders.keys()].find((one) => tokenOf(one) === request?.token);
    const order = orders.get(run ?? 0);
    return request === undefined || run === undefined || order === undefined ? undefined : { run, order, request };
  };
  registry.store.subscribe((change) => {
    const by = doer();
    for (const [name, check] of invariants.flatMap(({ changed = {} }) => Object.entries(changed))) {
      const wrong = check(change, by);
      if (wrong !== undefined) tell(`${name}, at ${clock.now()} ms, run ${by?.run ?? "none"}: ${wrong}`);
    }
  });
  const perform: Scene["perform"] = async (order, how) => {
    const step = town.run(order.action, order.inputs, how);
    const run = town.runs;
    orders.set(run, order);
    const ended = await step;
    if (ended.exitCode === undefined) return ended;
    const own = { ...ended, run, order, requests: requests.filter(({ token }) => token === tokenOf(run)) };
    for (const [name, check] of invariants.flatMap(({ ended: checks = {} }) => Object.entries(checks))) {
      const wrong = check(own);
      if (wrong !== undefined) tell(`${name}, run ${run}: ${wrong}`);
    }
    return ended;
  };
  return { town, story, breaches, perform, doer };
}
