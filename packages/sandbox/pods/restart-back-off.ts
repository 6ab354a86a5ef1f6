import { printDuration } from "./go-duration.ts";

const longestMs = 300_000;
/** What the kubelet takes to see that a container has ended, for the first wait of ten seconds. */
const noticeShare = 10;

/** When a container that ended starts again, and what the kubelet says meanwhile. */
export interface RestartWait {
  readonly ms: number;
  /** How long it shows as ended before it shows as waiting; `undefined` where it starts at once. */
  readonly noticeMs: number | undefined;
  readonly event: string;
  readonly message: string;
}

/** The first restart comes at once; the next ones wait twice as long each (kubelet/kuberuntime, doBackOff). */
export function restartWait(
  restarts: number,
  { firstMs, container, podTitle }: { firstMs: number; container: string; podTitle: string },
): RestartWait {
  const ms = Math.min(firstMs * 2 ** (restarts - 1), longestMs);
  const isFirst = restarts === 0;
  return {
    ms: isFirst ? firstMs / noticeShare : ms,
    noticeMs: isFirst ? undefined : Math.min(ms, 1_000) / 2,
    event: `Back-off restarting failed container ${container} in pod ${podTitle}`,
    message: `back-off ${printDuration(ms)} restarting failed container=${container} pod=${podTitle}`,
  };
}
