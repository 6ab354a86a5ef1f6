import { type SandboxClock, sleepBy } from "./clock.ts";
import { quiet } from "./quiet.ts";

/** Time that passes only when it is told to, or as fast as what is driven allows. */
export interface VirtualClock extends SandboxClock {
  /** Runs everything that is due in the next `ms`, in order, each at its own time, without waiting for what it begins. */
  advance(ms: number): Promise<void>;
  /**
   * What `work` comes to. Meanwhile time goes on by itself: to the next due task, and only when nothing else can happen
   * in this process. Several may be driven at once. The same work on in-memory connections runs the same way each time.
   * @throws if nothing is due any more, or `limit` ms (a day) have passed, and `work` has not ended
   */
  drive<T>(work: Promise<T>, limit?: number): Promise<T>;
  /** What `work` comes to; until then driven time stands still. For what takes real time, such as a child process. */
  hold<T>(work: Promise<T>): Promise<T>;
}

interface Task {
  readonly due: number;
  readonly run: () => void;
}

const day = 86_400_000;

/** Starts at `start`, by default the first second of 2030. */
export function virtualClock(start = Date.UTC(2030, 0, 1)): VirtualClock {
  let now = 0;
  let tasks: Task[] = [];
  const schedule = (ms: number, run: () => void): (() => void) => {
    const task = { due: now + Math.max(0, ms), run };
    const after = tasks.findLastIndex((other) => other.due <= task.due);
    tasks.splice(after + 1, 0, task);
    return () => {
      const place = tasks.indexOf(task);
      if (place >= 0) tasks.splice(place, 1);
    };
  };
  const runNext = (end: number): boolean => {
    const next = tasks[0];
    if (next === undefined || next.due > end) return false;
    tasks.shift();
    now = next.due;
    next.run();
    return true;
  };
  const sleep = sleepBy(schedule);
  return {
    now: () => now,
    date: () => new Date(start + now),
    schedule,
    sleep,
    stop: () => {
      tasks = [];
    },
    advance: async (ms) => {
      const end = now + ms;
      while (runNext(end)) await Promise.resolve();
      now = end;
    },
    ...driver(() => now, runNext),
  };
}

/** Drives time by running one due task after the other. */
function driver(now: () => number, runNext: (end: number) => boolean): Pick<VirtualClock, "drive" | "hold"> {
  const held = new Set<Promise<unknown>>();
  let moves = 0;
  let settling: Promise<void> | undefined;
  const settle = async (): Promise<void> => {
    do {
      await Promise.allSettled(held);
      await quiet();
    } while (held.size > 0);
    settling = undefined;
  };
  const drive = async <T>(work: Promise<T>, limit = day): Promise<T> => {
    const end = now() + limit;
    let isOver = false;
    const over = (): void => {
      isOver = true;
    };
    work.then(over, over);
    while (!isOver) {
      const before = moves;
      settling ??= settle();
      await settling;
      // Where several are driven, one of them moves time, and then all wait again.
      if (isOver || moves !== before) continue;
      moves += 1;
      if (!runNext(end)) throw new Error(`Nothing is due within ${limit} ms, and what is waited for has not ended`);
    }
    return await work;
  };
  const hold = async <T>(work: Promise<T>): Promise<T> => {
    held.add(work);
    try {
      return await work;
    } finally {
      held.delete(work);
    }
  };
  return { drive, hold };
}
