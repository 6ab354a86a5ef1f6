import {
  annotation,
  type Clock,
  CutoverError,
  formatDuration,
  type Identity,
  isCutoverError,
  type Log,
} from "@cutover/release";
import type { Client, ReadOptions } from "../client/client.ts";
import { isUnknownResult } from "../client/lost-answer.ts";
import { writeOn } from "./conditional.ts";
import { type HeldLease, hold, leaseSeconds, timestamp } from "./held-lease.ts";
import { annotationOf, as, type Lease, numberOf, refTo } from "./kinds.ts";
import type { Work } from "./work.ts";

/** Milliseconds between looks at a lock that somebody holds, and between tries of one that somebody was faster with. */
const askEvery = 1_000;
const raceEvery = 100;

export interface LeaseSetting {
  client: Client;
  clock: Clock;
  log: Log;
  identity: Identity;
  namespace: string;
  service: string;
  signal: AbortSignal;
  lockTimeout: number;
  preempts: boolean;
}

export function leaseName(service: string): string {
  return `cutover-${service}`;
}

/** A lock, and since when it has been as it is, on our own clock. */
export interface Sighting {
  live: Lease | undefined;
  at: number;
}

/** Looks at the lock; where nothing has moved since `before`, it has been so since then. */
export async function sight(
  { client, clock, namespace, service }: Pick<LeaseSetting, "client" | "clock" | "namespace" | "service">,
  before?: Sighting,
): Promise<Sighting> {
  const found = await client.find(refTo("Lease", namespace, leaseName(service)));
  const live = found === undefined ? undefined : as("Lease", found);
  return { live, at: before !== undefined && isUnmoved({ live }, before) ? before.at : clock.now() };
}

/** Whether nobody has written the lock between the two. */
export function isUnmoved(one: Pick<Sighting, "live">, other: Pick<Sighting, "live"> | undefined): boolean {
  return one.live?.metadata.resourceVersion === other?.live?.metadata.resourceVersion;
}

/**
 * Takes the service's lock: one that is free, expired on our own clock (unchanged for its duration), or, for a rollback, anybody's.
 * The same write raises its epoch above `highest` and all that it ever held, so that no two holders have the same.
 * @param before what was seen of it while this service waited for its turn
 * @throws timed-out, naming the holder and its run; unavailable when the job is cancelled meanwhile.
 */
export async function acquireLease(setting: LeaseSetting, highest: number, before?: Sighting): Promise<HeldLease> {
  const { clock, log } = setting;
  const started = clock.now();
  const isJustSeen = before !== undefined && started - before.at < raceEvery;
  let seen = isJustSeen ? before : await sight(setting, before);
  for (let looks = 1; ; looks += 1) {
    // A last look after the time: a try of our own whose answer was lost may have used it up.
    const isLast = clock.now() - started >= setting.lockTimeout;
    if (looks > 1) seen = await sight(setting, seen);
    const { live } = seen;
    const isTaken = live !== undefined && isHeld(live);
    if (isTaken && looks === 1) log.info(`${describeHolder(live)}; ${setting.preempts ? "taking" : "waiting for"} it`);
    const isExpired = clock.now() - seen.at >= 1_000 * (live?.spec?.leaseDurationSeconds ?? leaseSeconds);
    if (!isTaken || isExpired || setting.preempts) {
      const taken = await take(live, setting, highest);
      if (taken !== undefined) return hold(taken, setting);
    }
    if (isLast) throw locked(live, setting);
    await clock.sleep(isTaken && !isExpired && !setting.preempts ? askEvery : raceEvery, setting.signal);
    if (setting.signal.aborted) throw cancelled(setting);
  }
}

/**
 * Looks whether the lock is still of this claim: whoever takes it later writes later than what was read before.
 * @throws superseded when somebody else has taken it
 */
export async function checkLock({ setting, claim }: Pick<Work, "setting" | "claim">): Promise<undefined> {
  const { live } = await sight(setting);
  if (live === undefined || numberOf(live, annotation.epoch) !== claim.epoch) throw overtaken(setting.service);
}

/** The error of a run whose lock somebody else has. */
export function overtaken(service: string): CutoverError {
  return new CutoverError("superseded", `Another run took the lock of Service ${service}`, {
    hint: "Nothing more is written by this run. Look at the newer run for the outcome.",
  });
}

/** Who holds a service's lock, in a sentence; `undefined` if nobody does. Whether they still live only time would tell. */
export async function lockHolder(
  { client, namespace, service }: Pick<LeaseSetting, "client" | "namespace" | "service">,
  options?: ReadOptions,
): Promise<string | undefined> {
  const found = await client.find(refTo("Lease", namespace, leaseName(service)), options);
  const lease = found === undefined ? undefined : as("Lease", found);
  return lease === undefined || !isHeld(lease) ? undefined : describeHolder(lease);
}

/** Whether it has a holder, alive or not. */
export function isHeld(lease: Lease): boolean {
  return (lease.spec?.holderIdentity ?? "") !== "";
}

function describeHolder(lease: Lease): string {
  const run = annotationOf(lease, annotation.run);
  return `Lease ${lease.metadata.name} is held by ${lease.spec?.holderIdentity}${run === undefined ? "" : ` (${run})`}`;
}

function locked(lease: Lease | undefined, { lockTimeout, service }: LeaseSetting): CutoverError {
  const who = lease === undefined ? `Lease ${leaseName(service)} could not be taken` : describeHolder(lease);
  return new CutoverError("timed-out", `${who}, and was not free within ${formatDuration(lockTimeout)}`, {
    hint: "Wait for that run, or raise `lock-timeout`. A rollback does not wait: it takes the lock at once.",
  });
}

function cancelled({ service }: LeaseSetting): CutoverError {
  return new CutoverError("unavailable", `Cancelled while waiting for the lock of Service ${service}`, {
    hint: "Nothing was written. Run it again.",
  });
}

/** Our name and a new epoch on the lock; `undefined` when somebody was faster. */
async function take(live: Lease | undefined, setting: LeaseSetting, highest: number): Promise<Lease | undefined> {
  const { client, identity, namespace, service, clock } = setting;
  const now = timestamp(clock);
  const epoch = 1 + Math.max(highest, numberOf(live, annotation.epoch) ?? 0);
  const spec = {
    holderIdentity: identity.holder,
    leaseDurationSeconds: leaseSeconds,
    acquireTime: now,
    renewTime: now,
  };
  const annotations = { [annotation.run]: identity.runUrl, [annotation.epoch]: String(epoch) };
  try {
    if (live !== undefined) {
      const leaseTransitions = (live.spec?.leaseTransitions ?? 0) + 1;
      const taken = await writeOn(client, live, ({ uid, resourceVersion }) => ({
        type: "merge",
        body: { metadata: { uid, resourceVersion, annotations }, spec: { ...spec, leaseTransitions } },
      }));
      return as("Lease", taken);
    }
    const metadata = { name: leaseName(service), namespace, annotations };
    return as("Lease", await client.create({ apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata, spec }));
  } catch (error) {
    const hasGone = live !== undefined && isCutoverError(error, "not-found");
    const isUnclear = hasGone || isCutoverError(error, "conflict") || isUnknownResult(error);
    if (!isUnclear) throw error;
    return await ours(setting, epoch);
  }
}

/** The lock, where an answer was lost and it is ours after all. */
async function ours({ client, namespace, service, identity }: LeaseSetting, epoch: number): Promise<Lease | undefined> {
  const found = await client.find(refTo("Lease", namespace, leaseName(service)));
  if (found === undefined) return undefined;
  const lease = as("Lease", found);
  const isOurs = lease.spec?.holderIdentity === identity.holder && numberOf(lease, annotation.epoch) === epoch;
  return isOurs ? lease : undefined;
}

/** Names a lock and who may free it. */
export interface LeaseHolder {
  namespace: string;
  service: string;
  holder: string;
}

/** Frees a lock that a process of this very holder left behind; anybody else's is not touched. Whether there was one. */
export async function releaseLeftover(client: Client, { namespace, service, holder }: LeaseHolder): Promise<boolean> {
  const found = await client.find(refTo("Lease", namespace, leaseName(service)));
  if (found === undefined || as("Lease", found).spec?.holderIdentity !== holder) return false;
  try {
    await writeOn(client, found, ({ uid, resourceVersion }) => ({
      type: "merge",
      body: { metadata: { uid, resourceVersion }, spec: { holderIdentity: null } },
    }));
    return true;
  } catch (error) {
    // Whoever wrote it since has taken it, and a lost answer of ours has freed it.
    if (isCutoverError(error, "conflict", "not-found")) return false;
    throw error;
  }
}
