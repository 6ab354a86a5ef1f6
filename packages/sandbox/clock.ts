import type { Clock } from "@cutover/release";

/** The time of a sandbox: one clock for all its controllers and pods, which also serves as the domain's `Clock`. */
export interface SandboxClock extends Clock {
  /** Runs `task` in `ms`; returns what cancels it. */
  schedule(ms: number, task: () => void): () => void;
  /** Drops everything that is still to come. */
  stop(): void;
}

/** Time that only passes when it is told to. */
export interface VirtualClock extends SandboxClock {
  /** Runs everything that is due in the next `ms`, in order, each at its own time. */
  advance(ms: number): Promise<void>;
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

interface Task {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
}

/** Starts at `start`, by default the first second of 2030. */
export function virtualClock(start = Date.UTC(2030, 0, 1)): VirtualClock {
  let now = 0;
  let count = 0;
  let tasks: Task[] = [];
  const schedule = (ms: number, run: () => void): (() => void) => {
    const task = { due: now + Math.max(0, ms), order: count++, run };
    const before = tasks.findIndex((other) => other.due > task.due);
    tasks.splice(before < 0 ? tasks.length : before, 0, task);
    return () => {
      tasks = tasks.filter((other) => other !== task);
    };
  };
  return {
    now: () => now,
    date: () => new Date(start + now),
    schedule,
    sleep: sleepBy(schedule),
    stop: () => {
      tasks = [];
    },
    advance: async (ms) => {
      const end = now + ms;
      for (let next = tasks[0]; next !== undefined && next.due <= end; next = tasks[0]) {
        tasks.shift();
        now = next.due;
        next.run();
        await Promise.resolve();
      }
      now = end;
    },
  };
}

function sleepBy(schedule: SandboxClock["schedule"]): Clock["sleep"] {
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
