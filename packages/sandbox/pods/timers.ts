import type { SandboxClock } from "../clock.ts";

/** What is still to come for one owner, to be dropped together. */
export class Timers {
  readonly #clock: SandboxClock;
  readonly #pending = new Set<() => void>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  after(ms: number, task: () => void): void {
    const cancel = this.#clock.schedule(ms, () => {
      this.#pending.delete(cancel);
      task();
    });
    this.#pending.add(cancel);
  }

  cancel(): void {
    for (const cancel of this.#pending) cancel();
    this.#pending.clear();
  }
}
