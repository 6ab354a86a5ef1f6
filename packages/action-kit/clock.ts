import type { Clock } from "@cutover/release";

/** Node turns a longer delay into one millisecond. */
const longestTimer = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  schedule(ms, task) {
    const timer = setTimeout(task, Math.min(ms, longestTimer));
    return () => clearTimeout(timer);
  },
  async sleep(ms, signal) {
    const end = performance.now() + ms;
    for (let rest = ms; rest > 0 && signal?.aborted !== true; rest = end - performance.now())
      await nap(Math.min(rest, longestTimer), signal);
  },
};

function nap(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal?.addEventListener("abort", wake);
  });
}
