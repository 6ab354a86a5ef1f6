import { type Clock, type Color, type Failure, formatDuration, isCutoverError, type Step } from "@cutover/release";
import { slotDeployment } from "./adopted.ts";
import { checkClaim } from "./conditional.ts";
import { refuseMoved, slotFailing } from "./drift.ts";
import { explain } from "./explain.ts";
import { type Health, healthOf } from "./health.ts";
import { as, refTo } from "./kinds.ts";
import { follow, type Live } from "./live.ts";
import { expectedReplicaSet } from "./observe.ts";
import { readTraffic, type Snapshot, takeSnapshot } from "./snapshot.ts";
import type { Done, Work } from "./work.ts";

/** Milliseconds that slices may take to show a switch. */
const confirmWithin = 15_000;
/** Milliseconds of too few ready endpoints that are forgiven; none at all is never forgiven. */
const forgiven = 1_000;

type Confirm = Extract<Step, { kind: "confirm" }>;
type Soak = Extract<Step, { kind: "soak" }>;

/** Proves that traffic arrived: the slices hold ready pods of the new color, enough of them, and nothing else. */
export async function confirm(work: Work, step: Confirm): Promise<Done> {
  const { clock, log } = work.setting;
  const drift = await driftOf(work, step);
  if (drift !== undefined) return { evidence: { failure: drift } };
  await using live = await watchTraffic(work, step.color);
  // Traffic has moved: this wait is owed to it, whatever is left of the deadline.
  const until = clock.now() + confirmWithin;
  const isTooFew = endurance(clock);
  for (;;) {
    const health = healthOf(step.color, live.current());
    const seen = health.isGood ? await readTraffic(work.setting, work.snapshot) : undefined;
    if (seen !== undefined && healthOf(step.color, seen).isGood) {
      log.info(`${health.ready} ready endpoints, all of ${step.color}`);
      return proof(seen, step.color, "confirmed");
    }
    if (work.signal.aborted) return { evidence: {} };
    if (clock.now() >= until) return await lastLook(work, step, "confirmed");
    // The slices come after the pods: where these have gone, there is nothing to wait for.
    const failed = isTooFew(health.pods, health.needed) ? await condemned(work, step, "pods") : undefined;
    if (failed !== undefined) return failed;
    await live.changed(Math.max(1, Math.min(500, until - clock.now())));
  }
}

/** Watches the new slot under traffic; too few ready endpoints for a second, or none at all, condemn it. */
export async function soak(work: Work, step: Soak): Promise<Done> {
  const { clock, log } = work.setting;
  await using live = await watchTraffic(work, step.color);
  const until = clock.now() + work.setting.soak;
  log.info(`Watching ${step.color} under traffic for ${formatDuration(work.setting.soak)}`);
  const isTooFew = endurance(clock);
  while (clock.now() < until) {
    const { ready, needed } = healthOf(step.color, live.current());
    const failed = isTooFew(ready, needed) ? await condemned(work, step, "ready") : undefined;
    if (failed !== undefined) return failed;
    if (work.signal.aborted) return { evidence: {} };
    await live.changed(Math.max(1, Math.min(250, until - clock.now())));
  }
  return await lastLook(work, step, "soaked");
}

/**
 * A switch has the Service's version alone as its precondition. What somebody did to the slot between our last look at it and
 * the switch is seen by this first look after it.
 */
async function driftOf({ setting, snapshot }: Work, { color, revision, kind }: Confirm): Promise<Failure | undefined> {
  const { client, namespace } = setting;
  const known = snapshot.deployments[color];
  const name = slotDeployment(color, snapshot, setting);
  const found = await client.find(refTo("Deployment", namespace, name));
  const failing = known === undefined ? undefined : slotFailing(known, found, `Deployment ${name}`);
  return failing === undefined ? undefined : { outcome: "failed", revision, color, step: kind, ...failing };
}

/** Tells when there have been too few for too long; then it begins anew. */
function endurance(clock: Clock): (count: number, needed: number) => boolean {
  let since: number | undefined;
  return (count, needed) => {
    since = count >= needed ? undefined : (since ?? clock.now());
    const isOver = since !== undefined && (count === 0 || clock.now() - since >= forgiven);
    if (isOver) since = undefined;
    return isOver;
  };
}

/**
 * The watches may have lost contact without a word, and no data is never a verdict: the end is judged by what is read now. A read
 * alone condemns nothing, for a server may lag behind: what it says it has to say twice.
 */
async function lastLook(work: Work, step: Confirm | Soak, what: "confirmed" | "soaked"): Promise<Done> {
  const judged = async () => {
    const snapshot = await takeSnapshot(work.setting);
    const health = healthOf(step.color, snapshot);
    return { snapshot, health, isGood: what === "confirmed" ? health.isGood : health.ready >= health.needed };
  };
  const first = await judged().catch(unlessMissing);
  const { snapshot, health, isGood } = first?.isGood === true ? first : await judged();
  return isGood ? proof(snapshot, step.color, what) : await condemn(work, { step, snapshot, health });
}

function unlessMissing(error: unknown): undefined {
  if (!isCutoverError(error, "not-found")) throw error;
}

/** The failure, if what the watches say is what is read now. */
async function condemned(work: Work, step: Confirm | Soak, what: "ready" | "pods"): Promise<Done | undefined> {
  const snapshot = await takeSnapshot(work.setting);
  const health = healthOf(step.color, snapshot);
  return health[what] >= health.needed ? undefined : await condemn(work, { step, snapshot, health });
}

async function watchTraffic(work: Work, color: Color): Promise<Live> {
  const kinds = ["EndpointSlice", "Pod"] as const;
  // Watches that are open already will do: whatever is concluded from them is read anew.
  return await follow(work.setting, work.snapshot, { kinds, color, lately: true, signal: work.signal });
}

function proof(snapshot: Snapshot, color: Color, what: "confirmed" | "soaked"): Done {
  const replicaSet = expectedReplicaSet(color, snapshot);
  return { evidence: replicaSet === undefined ? {} : { [what]: replicaSet }, snapshot };
}

async function condemn(
  work: Work,
  { step, snapshot, health }: { step: Confirm | Soak; snapshot: Snapshot; health: Health },
): Promise<Done> {
  const { client, namespace, service } = work.setting;
  const found = await client.find(refTo("Service", namespace, service));
  // Whoever took over may have moved the traffic: then it is not this slot that is sick.
  if (found !== undefined) {
    checkClaim(found, work.claim);
    refuseMoved(work.snapshot, { ...work.snapshot, service: as("Service", found) }, work.setting);
  }
  const { ready, needed, foreign } = health;
  const others = foreign === 0 ? "" : `, and ${foreign} that lead elsewhere`;
  const summary = `Deployment ${slotDeployment(step.color, snapshot, work.setting)} stopped serving: Service ${service} has ${ready} ready endpoints of it where it needs ${needed}${others}`;
  return { evidence: { failure: await explain(work, { step, snapshot, summary, outcome: "failed" }) }, snapshot };
}
