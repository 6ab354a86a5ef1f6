import type { SandboxClock } from "../clock.ts";

/** Keys waiting to be reconciled; a key that is already due sooner is not queued twice. */
export class WorkQueue {
  readonly #clock: SandboxClock;
  readonly #reconcile: (key: string) => void;
  readonly #delay: number;
  readonly #due = new Map<string, { at: number; cancel: () => void }>();

  /** @param delay What a controller takes to notice something, in milliseconds. */
  constructor(clock: SandboxClock, delay: number, reconcile: (key: string) => void) {
    this.#clock = clock;
    this.#delay = delay;
    this.#reconcile = reconcile;
  }

  add(key: string, afterMs = this.#delay): void {
    const at = this.#clock.now() + afterMs;
    const queued = this.#due.get(key);
    if (queued !== undefined && queued.at <= at) return;
    queued?.cancel();
    const cancel = this.#clock.schedule(afterMs, () => {
      this.#due.delete(key);
      this.#reconcile(key);
    });
    this.#due.set(key, { at, cancel });
  }
}
