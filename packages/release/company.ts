import type { World } from "./apply.ts";
import type { Wanted } from "./model.ts";
import type { Clock } from "./ports.ts";
import type { Decision, End, Failure } from "./step.ts";
import { isSettled, type Member, mayGo, sharedFate, stageOf } from "./together.ts";

/** What one service's run hears of the services that it is released with. */
export interface Others {
  /** Aborts when another service is in trouble: what goes on here is in vain. */
  trouble: AbortSignal;
  /** What that trouble means here; nothing while there is none. */
  fate(world: World, next: Decision): Failure | End | undefined;
  /** Says what comes next here, and waits until the others are as far. `look`: the world may be another by now. */
  meet(world: World, next: Decision): Promise<"go" | "look">;
  /** Says that the lock is taken here. */
  locked(): void;
  /** Says how it ended here, if not well: what went wrong. */
  end(problem: string | undefined): void;
}

/** Milliseconds after which who waits looks at its own service again, and for which what was seen counts as fresh. */
const lookEvery = 10_000;
const isFresh = 1_000;

/** Services that are released together: how far each has come, and whose trouble came first. */
export class Company {
  readonly #services: readonly string[];
  readonly #clock: Clock;
  readonly #cancelled: AbortSignal;
  readonly #members: Member[];
  readonly #alarms: readonly AbortController[];
  readonly #troubles: { index: number; text: string }[] = [];
  /** Settled: all are confirmed, and no trouble takes any of them back. */
  readonly #state: { settled: boolean } = { settled: false };
  #changed = new AbortController();

  /** @param services in the order in which they are switched */
  constructor(services: readonly string[], { clock, signal }: { clock: Clock; signal: AbortSignal }) {
    this.#services = services;
    this.#clock = clock;
    this.#cancelled = signal;
    this.#members = services.map((service) => ({ service, stage: "unseen", isGoingBack: false }));
    this.#alarms = services.map(() => new AbortController());
  }

  /** The service whose trouble came first. */
  get culprit(): string | undefined {
    return this.#services[this.#troubles[0]?.index ?? -1];
  }

  of(service: string, wanted: Wanted): Others {
    const index = this.#services.indexOf(service);
    const alarm = this.#alarms[index];
    if (alarm === undefined) throw new Error(`Service ${service} is not one of ${this.#services.join(", ")}`);
    return {
      trouble: alarm.signal,
      fate: (world, next) => {
        const [first] = this.#troubles;
        const isOwn = world.evidence.failure !== undefined || first?.index === index;
        if (this.#state.settled || first === undefined || isOwn) return undefined;
        return sharedFate(world, { wanted, next, trouble: first.text });
      },
      meet: async (world, next) => {
        const stage = stageOf(world, wanted, next);
        const { failure } = world.evidence;
        this.#heed(index, failure?.reason ?? problemOf(next));
        this.#tell(index, { stage, isGoingBack: next.kind === "step" && next.step.kind === "switch-back" });
        if (stage === "over") return "go";
        return await this.#wait(index, () => failure === undefined && !this.#state.settled && alarm.signal.aborted);
      },
      locked: () => this.#tell(index, { stage: "claiming", isGoingBack: false }),
      end: (problem) => {
        this.#heed(index, problem);
        this.#tell(index, { stage: "over", isGoingBack: false });
      },
    };
  }

  /** Waits until the others are as far, while what waits is not in vain. */
  async #wait(index: number, isInVain: () => boolean): Promise<"go" | "look"> {
    const began = this.#clock.now();
    const waited = (): number => this.#clock.now() - began;
    while (!mayGo(this.#members, index) && !isInVain() && !this.#cancelled.aborted && waited() < lookEvery) {
      await this.#clock.sleep(lookEvery, AbortSignal.any([this.#changed.signal, this.#cancelled]));
    }
    return mayGo(this.#members, index) && !isInVain() && waited() < isFresh ? "go" : "look";
  }

  #tell(index: number, change: Omit<Member, "service">): void {
    const before = this.#members[index];
    if (before === undefined || (before.stage === change.stage && before.isGoingBack === change.isGoingBack)) return;
    this.#members[index] = { ...before, ...change };
    this.#state.settled ||= this.#troubles.length === 0 && isSettled(this.#members);
    this.#wake();
  }

  /** A trouble of its own is everybody's; one that came from the others is known. */
  #heed(index: number, problem: string | undefined): void {
    if (problem === undefined || this.#state.settled || this.#alarms[index]?.signal.aborted) return;
    this.#troubles.push({ index, text: `${this.#services[index]}: ${problem.split("\n", 1)[0]}` });
    for (const [other, alarm] of this.#alarms.entries()) if (other !== index) alarm.abort();
    this.#wake();
  }

  #wake(): void {
    const last = this.#changed;
    this.#changed = new AbortController();
    last.abort();
  }
}

function problemOf(next: Decision): string | undefined {
  if (next.kind === "refused") return next.reason;
  return next.kind === "done" && next.outcome !== "succeeded" ? next.reason : undefined;
}
