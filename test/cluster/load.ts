import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import * as z from "zod";
import { type Answer, type LoadReport, reportOf } from "./load-report.ts";

export interface LoadOptions {
  /** On 127.0.0.1, and nowhere else: this tool is for our own machine. */
  port: number;
  path?: string;
  /** Requests a second that each open a connection of their own. */
  newPerSecond?: number;
  /** Connections that are kept alive. */
  keptAlive?: number;
  /** Milliseconds between two requests on each of them. */
  keptEvery?: number;
  /** Milliseconds until a request counts as lost. */
  timeout?: number;
  /** The load ends by itself after so many seconds, whatever becomes of the test. */
  atMost?: number;
}

/** What the process that makes the load is told. */
export type LoadOrder = Required<LoadOptions> & {
  /** Milliseconds on the clock that both processes share. */
  origin: number;
};

export interface Load {
  /** What has come back until now, at most 100 ms late. */
  answers: readonly Answer[];
  /** Gives this moment a name; returns it in milliseconds since the load began. */
  mark(name: string): number;
  /** Sends no more, waits for what is on its way, and sums up. */
  stop(): Promise<LoadReport>;
}

const batch = z.array(
  z.object({
    kind: z.enum(["new", "kept"]),
    due: z.number(),
    ended: z.number(),
    lost: z.string().exactOptional(),
    status: z.number().exactOptional(),
    version: z.string().exactOptional(),
  }),
);

/** Milliseconds on the machine's monotonic clock, the same for all its processes. */
export function sharedClock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Loads a port from a process of its own, so that a test that is busy does not slow the load, nor the load the test.
 * The schedule is open: a request is sent when it is due, whether or not earlier ones were answered. */
export async function startLoad(options: LoadOptions): Promise<Load> {
  const defaults = { path: "/", newPerSecond: 200, keptAlive: 20, keptEvery: 50, timeout: 5_000, atMost: 600 };
  const origin = sharedClock();
  const order: LoadOrder = { ...defaults, ...options, origin };
  const child = fork(join(import.meta.dirname, "load-process.ts"), [JSON.stringify(order)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exit = once(child, "exit");
  const answers: Answer[] = [];
  const marks: Record<string, number> = {};
  child.on("message", (message) => answers.push(...batch.parse(message)));
  await Promise.race([once(child, "message"), exit]);
  return {
    answers,
    mark: (name) => {
      const at = sharedClock() - origin;
      marks[name] = at;
      return at;
    },
    stop: async () => {
      if (child.connected) child.send("stop");
      const [code] = await exit;
      if (code !== 0) throw new Error(`The load generator ended with ${code}.`);
      return reportOf(answers, marks);
    },
  };
}
