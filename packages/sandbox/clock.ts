import type { Clock } from "@cutover/release";

/** The time of a sandbox: one clock for all its controllers and pods, which also serves as the domain's `Clock`. */
export interface SandboxClock extends Clock {
  /** Drops everything that is still to come. */
  stop(): void;
}

/** Node turns a longer delay into one millisecond; nothing that runs in real time waits longer. */
const longestTimer = 2 ** 31 - 1;

export function realClock(): SandboxClock {
  const timers = new Set<NodeJS.Timeout>();
  const schedule = (ms: number, task: () => void): (() => void) => {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        task();
      },
      Math.min(ms, longestTimer),
    );
    timers.add(timer);
    return () => {
      timers.delete(timer);
      clearTimeout(timer);
    };
  };
  return {
    now: () => performance.now(),
    date: () => new Date(),
    schedule,
    sleep: sleepBy(schedule),
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

/** `sleep` by what schedules. */
export function sleepBy(schedule: SandboxClock["schedule"]): Clock["sleep"] {
  return (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = (): void => {
        cancel();
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const cancel = schedule(ms, wake);
      signal?.addEventListener("abort", wake);
    });
}
