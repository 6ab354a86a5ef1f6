import type { SandboxClock } from "@cutover/sandbox";

/** Requests that may be open at once: a stuck Service must not take the demo's own process down. */
const mostOpen = 200;
/** Milliseconds between two looks whether a request is due. */
const tick = 10;

export interface Load {
  /** Resolves when the last request has its answer. */
  stop(): Promise<void>;
}

/** Sends requests at a steady rate by `clock`, whatever becomes of those before. */
export function startLoad(clock: SandboxClock, perSecond: number, send: () => Promise<void>): Load {
  const open = new Set<Promise<void>>();
  const began = clock.now();
  let due = 0;
  let cancel: () => void;
  const beat = () => {
    cancel = clock.schedule(tick, beat);
    const wanted = Math.floor(((clock.now() - began) / 1_000) * perSecond);
    for (; due < wanted; due++) {
      if (open.size >= mostOpen) continue;
      const request = send().finally(() => open.delete(request));
      open.add(request);
    }
  };
  beat();
  return {
    async stop() {
      cancel();
      await Promise.all(open);
    },
  };
}
