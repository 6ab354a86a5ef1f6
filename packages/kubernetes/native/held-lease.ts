import { annotation, type Clock, type Identity, isCutoverError, type Log } from "@cutover/release";
import type { Client } from "../client/client.ts";
import { refOf, writeOn } from "./conditional.ts";
import { as, type Lease, numberOf } from "./kinds.ts";

/** Seconds after which a lock that nobody renews is nobody's. */
export const leaseSeconds = 30;
/** Milliseconds between renewals, between tries of one that failed, and after which we no longer count on the lock. */
const renewEvery = 10_000;
const renewAgain = 2_000;
const renewWithin = 20_000;

/** Why a lock is lost: somebody else has it, or nobody could be asked for so long that somebody may. */
export type LossReason = "taken" | "not renewed";

/** The lock while we hold it. */
export interface HeldLease {
  /** Aborts when we hold the lock no more; its reason says why. */
  readonly lost: AbortSignal;
  /** Ours alone: higher than that of any holder before. */
  readonly epoch: number;
  /** Gives it back; a lock that is somebody else's by now is left alone. */
  release(): Promise<void>;
}

export interface Holder {
  client: Client;
  clock: Clock;
  log: Log;
  identity: Identity;
}

/** Keeps the lock that was just taken, by renewing it. */
export function hold(taken: Lease, holder: Holder): HeldLease {
  const lost = new AbortController();
  const released = new AbortController();
  let lease = taken;
  /** One write at a time, each on the answer of the one before. */
  let last: Promise<void> = Promise.resolve();
  const write = (spec: LeaseChange): Promise<void> => {
    const run = async () => {
      lease = await writeAsHolder(lease, spec, holder);
    };
    last = last.then(run, run);
    return last;
  };
  void renew({ write, holder, lost, released: released.signal });
  return {
    lost: lost.signal,
    epoch: numberOf(taken, annotation.epoch) ?? 0,
    release: async () => {
      released.abort("released");
      if (lost.signal.aborted) return;
      try {
        await write({ holderIdentity: null, renewTime: timestamp(holder.clock) });
      } catch (error) {
        if (!isCutoverError(error, "conflict", "not-found")) throw error;
      }
    },
  };
}

interface LeaseChange {
  readonly [field: string]: string | null;
}

interface Renewal {
  write(spec: LeaseChange): Promise<void>;
  holder: Holder;
  lost: AbortController;
  released: AbortSignal;
}

async function renew({ write, holder: { clock, log }, lost, released }: Renewal): Promise<void> {
  let renewedAt = clock.now();
  let wait = renewEvery;
  for (;;) {
    await clock.sleep(wait, released);
    if (released.aborted) return;
    const asked = clock.now();
    try {
      await write({ renewTime: timestamp(clock) });
      renewedAt = asked;
      wait = renewEvery;
    } catch (error) {
      log.debug(`The lock was not renewed: ${error instanceof Error ? error.message : String(error)}`);
      const isGone = isCutoverError(error, "conflict", "not-found");
      if (isGone) return lost.abort("taken" satisfies LossReason);
      if (clock.now() - renewedAt >= renewWithin) return lost.abort("not renewed" satisfies LossReason);
      wait = renewAgain;
    }
  }
}

/** @throws conflict, or not-found, when the lock is no longer ours. */
async function writeAsHolder(lease: Lease, spec: LeaseChange, { client, identity }: Holder): Promise<Lease> {
  for (let current = lease; ; ) {
    try {
      const written = await writeOn(client, current, ({ uid, resourceVersion }) => ({
        type: "merge",
        body: { metadata: { uid, resourceVersion }, spec },
      }));
      return as("Lease", written);
    } catch (error) {
      if (!isCutoverError(error, "conflict")) throw error;
      // Perhaps it was our own write whose answer was lost.
      const newest = as("Lease", await client.get(refOf(current)));
      if (newest.spec?.holderIdentity !== identity.holder) throw error;
      current = newest;
    }
  }
}

/** As a Lease wants it: microseconds. */
export function timestamp(clock: Clock): string {
  return `${clock.date().toISOString().slice(0, -1)}000Z`;
}
