import type { Container, Probe } from "../workloads.ts";
import { type Probed, probeAnswer } from "./probe-answer.ts";
import type { Timers } from "./timers.ts";

const probes = { startup: "startupProbe", liveness: "livenessProbe", readiness: "readinessProbe" } as const;
const titles = { startup: "Startup", liveness: "Liveness", readiness: "Readiness" } as const;

type Kind = keyof typeof probes;

/** What its probes mean for a container. */
export interface ProbedContainer {
  readonly timers: Timers;
  /** Caps delays and periods, in milliseconds. */
  readonly probeEveryMs: number | undefined;
  unhealthy(message: string): void;
  changed(): void;
  /** Must end: a probe said so too often. */
  condemned(kind: "startup" | "liveness", probe: Probe): void;
}

/** The probes of one run of a container: liveness and readiness begin once it has started (kubelet/prober/worker.go). */
export class Probing {
  readonly #container: Container;
  readonly #owner: ProbedContainer;
  readonly #probed: Probed;
  #isStarted: boolean;
  #isReady: boolean;
  #isEnding: boolean;

  constructor(owner: ProbedContainer, probed: Probed) {
    this.#container = probed.container;
    this.#owner = owner;
    this.#probed = probed;
    this.#isReady = false;
    this.#isEnding = false;
    this.#isStarted = this.#container.startupProbe === undefined;
    if (this.#isStarted) this.#started();
    else this.#begin("startup");
  }

  get isStarted(): boolean {
    return this.#isStarted;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** From now on only readiness is asked for, as of a pod that is ending. */
  end(): void {
    this.#isEnding = true;
  }

  #started(): void {
    this.#isStarted = true;
    this.#isReady = this.#container.readinessProbe === undefined;
    this.#begin("readiness");
    this.#begin("liveness");
  }

  #begin(kind: Kind): void {
    const probe = this.#container[probes[kind]];
    if (probe === undefined) return;
    const delay = kind === "startup" || this.#container.startupProbe === undefined ? probe.initialDelaySeconds : 0;
    this.#owner.timers.after(this.#paced(delay ?? 0), () => this.#ask(kind, probe, { good: 0, bad: 0 }));
  }

  #ask(kind: Kind, probe: Probe, row: { good: number; bad: number }): void {
    if (this.#isEnding && kind !== "readiness") return;
    const { kind: how, output } = probeAnswer(probe, this.#probed);
    const went = how === "errored" ? "probe errored and resulted in unknown state" : "probe failed";
    if (how !== "good") this.#owner.unhealthy(`${titles[kind]} ${went}: ${output}`);
    const next = how === "good" ? { good: row.good + 1, bad: 0 } : { good: 0, bad: row.bad + 1 };
    // What was not carried out changes nothing.
    const goesOn = how === "errored" || this.#judge(kind, probe, next);
    if (!goesOn) return;
    const kept = how === "errored" ? row : next;
    this.#owner.timers.after(this.#paced(probe.periodSeconds), () => this.#ask(kind, probe, kept));
  }

  /** Whether this probe goes on. */
  #judge(kind: Kind, probe: Probe, { good, bad }: { good: number; bad: number }): boolean {
    if (kind !== "readiness" && bad >= probe.failureThreshold) {
      this.#owner.condemned(kind, probe);
      return false;
    }
    if (kind === "startup" && good >= probe.successThreshold) {
      this.#started();
      this.#owner.changed();
      return false;
    }
    if (kind === "readiness" && (this.#isReady ? bad >= probe.failureThreshold : good >= probe.successThreshold)) {
      this.#isReady = !this.#isReady;
      this.#owner.changed();
    }
    return true;
  }

  #paced(seconds: number): number {
    const { probeEveryMs } = this.#owner;
    return Math.min(seconds * 1_000, probeEveryMs ?? Number.POSITIVE_INFINITY);
  }
}
