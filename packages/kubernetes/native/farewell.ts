import { type Color, formatDuration, isCutoverError, type Observed, type Parting, tellEnd } from "@cutover/release";
import type { Client } from "../client/client.ts";
import { slotDeployment } from "./adopted.ts";
import { Unlookable } from "./connections.ts";
import { Leaver } from "./leaver.ts";
import { follow } from "./live.ts";
import { podsOf } from "./observe.ts";
import type { Work } from "./work.ts";

/** Pods that are asked for their connections. */
const mostAsked = 20;
/** Milliseconds that anybody waits for pods to end, however long they may take. */
const longestWait = 120_000;
/** Milliseconds that a kubelet may need beyond the grace period. */
const slack = 10_000;

/** The pods of a slot that is about to be retired. */
export interface Farewell {
  color: Color;
  leavers: readonly Leaver[];
  /** Why their connections cannot be counted. */
  uncounted: string | undefined;
}

/** Looks who still has connections: one request a pod, and one more where it has. */
export async function beginFarewell(work: Work, color: Color): Promise<Farewell> {
  const { setting, snapshot } = work;
  const leavers = podsOf(snapshot, setting, color)
    .filter(({ status }) => status?.phase === "Running")
    .map((pod) => new Leaver(pod, work));
  try {
    const [first, ...others] = leavers.slice(0, mostAsked);
    // What the rights or the image do not allow with one, they do not allow with the others.
    await first?.firstLook();
    await Promise.all(others.map((one) => one.firstLook()));
  } catch (error) {
    if (!(error instanceof Unlookable)) throw error;
    return { color, leavers, uncounted: error.message };
  }
  const counts = leavers.flatMap(({ open }) => open ?? []);
  if (counts.length === 0) return { color, leavers, uncounted: "no pod answered in time" };
  const open = counts.reduce((sum, one) => sum + one, 0);
  const name = slotDeployment(color, snapshot, setting);
  if (open > 0) setting.log.info(`${name} still has ${open} open connection${open === 1 ? "" : "s"}`);
  return { color, leavers, uncounted: undefined };
}

/**
 * Follows the pods that may lose connections to their ends, and says how they ended. Whatever goes wrong here is no failure:
 * the slot is retired already.
 */
export async function endFarewell(
  work: Work,
  { color, leavers, uncounted }: Farewell,
  { service: { lastSwitch } }: Observed,
): Promise<Parting | undefined> {
  const { setting, snapshot } = work;
  const { clock, log } = setting;
  const deployment = slotDeployment(color, snapshot, setting);
  const isCounted = leavers.some(({ open }) => open !== undefined);
  const concerned = leavers.filter(({ open }) => (isCounted ? (open ?? 0) > 0 : true));
  if (concerned.length === 0) return undefined;
  if (uncounted !== undefined) tellWait(work, { deployment, leavers: concerned, uncounted });
  const told = clock.now();
  for (const one of concerned) one.tell();
  try {
    await followToTheEnd(work, color, concerned);
  } catch (error) {
    if (!isCutoverError(error)) throw error;
    log.debug(`How the pods of ${deployment} end is not known: ${error.message}`);
    return undefined;
  }
  if (work.signal.aborted) return undefined;
  const ends = concerned.map((one) => one.end());
  for (const end of ends) log.info(tellEnd(end));
  const last = Math.max(...concerned.map(({ goneAt = clock.now() }) => goneAt));
  return {
    deployment,
    ends,
    sinceSwitch: (lastSwitch?.ago ?? 0) + last - told,
    ...(uncounted === undefined ? {} : { uncounted }),
  };
}

/** Clients of runs that have been told already: the rights and the image are mostly the same for all services. */
const knowing = new WeakSet<Client>();

function tellWait({ setting: { client, log } }: Work, { deployment, leavers, uncounted }: Waited): void {
  if (knowing.has(client)) return;
  knowing.add(client);
  const subject = leavers.length === 1 ? `pod of ${deployment} has` : `${leavers.length} pods of ${deployment} have`;
  const most = formatDuration(longestOf(leavers));
  log.info(
    `Waiting until the ${subject} ended, at most ${most}, to tell whether connections were cut: they cannot be counted, because ${uncounted}. Where they can, only those that have some are waited for`,
  );
}

interface Waited {
  deployment: string;
  leavers: readonly Leaver[];
  uncounted: string;
}

async function followToTheEnd(work: Work, color: Color, leavers: readonly Leaver[]): Promise<void> {
  const { setting, snapshot, signal } = work;
  const { clock } = setting;
  await using live = await follow(setting, snapshot, { kinds: ["Pod"], color, signal });
  const until = clock.now() + longestOf(leavers);
  for (;;) {
    const { pods } = live.current();
    for (const one of leavers) one.notice(pods.find((pod) => one.is(pod)));
    const now = clock.now();
    if (signal.aborted || now >= until || leavers.every(({ goneAt }) => goneAt !== undefined)) return;
    await Promise.all(leavers.filter(({ nextLook }) => nextLook <= now).map((one) => one.lookAgain()));
    const next = Math.min(until, ...leavers.map(({ nextLook }) => nextLook));
    await live.changed(Math.max(1, next - clock.now()));
  }
}

/** Milliseconds after which nobody waits for these any more. */
function longestOf(leavers: readonly Leaver[]): number {
  return Math.min(longestWait, Math.max(...leavers.map(({ grace }) => grace)) + slack);
}
