import type { PodEnd } from "@cutover/release";
import { connectionsOf, portsOf, servingContainer, Unlookable } from "./connections.ts";
import type { Pod } from "./kinds.ts";
import type { Work } from "./work.ts";

/** Looks at the connections of one pod in the time that it has to end, and milliseconds between two at least. */
const looks = 10;
const leastPause = 1_000;
/** Milliseconds before the kill at which the last look is taken. */
const beforeKill = 1_000;

/** A pod that is about to end, and its connections. */
export class Leaver {
  readonly #work: Work;
  readonly #container: string;
  /** In milliseconds. */
  readonly grace: number;
  #pod: Pod;
  #open: ReadonlySet<string> | undefined;
  #told: number;
  #nextLook: number;
  #gone: number | undefined;

  constructor(pod: Pod, work: Work) {
    this.#work = work;
    this.#pod = pod;
    this.#container = servingContainer(pod, portsOf(pod, work.snapshot.service));
    this.grace = (pod.spec.terminationGracePeriodSeconds ?? 30) * 1_000;
    this.#told = this.#now();
    this.#nextLook = this.#told;
  }

  /** Connections that were open at every look; `undefined` where nobody could look. */
  get open(): number | undefined {
    return this.#open?.size;
  }

  /** On our clock. */
  get goneAt(): number | undefined {
    return this.#gone;
  }

  /** When to look again; never at a pod that has no connection left, or that nobody can look into. */
  get nextLook(): number {
    return this.#gone === undefined && (this.open ?? 0) > 0 ? this.#nextLook : Number.POSITIVE_INFINITY;
  }

  /** A probe's connection has gone by the second look. @throws Unlookable */
  async firstLook(): Promise<void> {
    await this.#look();
    if ((this.open ?? 0) > 0) await this.#look();
  }

  async lookAgain(): Promise<void> {
    const kill = this.#told + this.grace - beforeKill;
    const next = this.#now() + Math.max(leastPause, this.grace / looks);
    this.#nextLook = this.#now() < kill ? Math.min(next, kill) : next;
    const before = this.#open;
    try {
      await this.#look();
      // The kernel closes a process's connections before it ends its neighbors: an empty table counts if they live on.
      if (this.open === 0 && (await connectionsOf(this.#work, this.#pod)) === undefined) this.#open = before;
    } catch (error) {
      // It could be looked into before, so it is just ending.
      if (!(error instanceof Unlookable)) throw error;
      this.#open = this.open === 0 ? before : this.#open;
    }
  }

  /** From now on its grace period counts. */
  tell(): void {
    this.#told = this.#now();
    this.#nextLook = this.#told + leastPause;
  }

  is(pod: Pod): boolean {
    return pod.metadata.uid === this.#pod.metadata.uid;
  }

  /** What is told of it; nothing once it is not there any more. */
  notice(pod: Pod | undefined): void {
    this.#pod = pod ?? this.#pod;
    if (pod === undefined || this.#terminated !== undefined) this.#gone ??= this.#now();
  }

  /** As far as it is known by now: a node may be late to tell of a kill, and nothing outlives its grace period for long. */
  end(): PodEnd {
    const { exitCode } = this.#terminated ?? {};
    const isOver = this.#now() - this.#told >= this.grace;
    const gone = this.#gone ?? (isOver ? this.#now() : undefined);
    return {
      pod: this.#pod.metadata.name,
      grace: this.grace,
      ...(this.open === undefined ? {} : { open: this.open }),
      ...(gone === undefined ? {} : { took: this.#took(gone) }),
      ...(exitCode === undefined ? {} : { exitCode }),
    };
  }

  /** By the cluster's own clocks if they tell, for ours also counts what we were late. A node may not know when it was, or say 1970. */
  #took(gone: number): number {
    // The node shortens the grace period to nothing before it lets go of the pod; the two always belong together.
    const { deletionTimestamp = "", deletionGracePeriodSeconds: grace = 0 } = this.#pod.metadata;
    const took = Date.parse(this.#terminated?.finishedAt ?? "") - Date.parse(deletionTimestamp) + grace * 1_000;
    return took >= 0 ? took : gone - this.#told;
  }

  get #terminated() {
    const { metadata, status } = this.#pod;
    if (metadata.deletionTimestamp === undefined) return undefined;
    return status?.containerStatuses?.find(({ name }) => name === this.#container)?.state?.terminated;
  }

  async #look(): Promise<void> {
    const found = await connectionsOf(this.#work, this.#pod);
    const before = this.#open ?? found;
    if (found !== undefined) this.#open = new Set([...found].filter((connection) => before?.has(connection)));
  }

  #now(): number {
    return this.#work.setting.clock.now();
  }
}
