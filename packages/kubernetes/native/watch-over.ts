import { type Color, formatDuration, type Step } from "@cutover/release";
import { slotDeployment } from "./adopted.ts";
import { checkClaim } from "./conditional.ts";
import { refuseMoved } from "./drift.ts";
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
  await using live = await watchTraffic(work, step.color);
  // Traffic has moved: this wait is owed to it, whatever is left of the deadline.
  const until = clock.now() + confirmWithin;
  for (;;) {
    const health = healthOf(step.color, live.current());
    const seen = health.isGood ? await readTraffic(work.setting, work.snapshot) : undefined;
    if (seen !== undefined && healthOf(step.color, seen).isGood) {
      log.info(`${health.ready} ready endpoints, all of ${step.color}`);
      return proof(seen, step.color, "confirmed");
    }
    if (work.signal.aborted) return { evidence: {} };
    if (clock.now() >= until) return await lastLook(work, step, "confirmed");
    await live.changed(Math.max(1, Math.min(500, until - clock.now())));
  }
}

/** Watches the new slot under traffic; too few ready endpoints for a second, or none at all, condemn it. */
export async function soak(work: Work, step: Soak): Promise<Done> {
  const { clock, log } = work.setting;
  await using live = await watchTraffic(work, step.color);
  const until = clock.now() + work.setting.soak;
  log.info(`Watching ${step.color} under traffic for ${formatDuration(work.setting.soak)}`);
  let lackingSince: number | undefined;
  while (clock.now() < until) {
    const health = healthOf(step.color, live.current());
    lackingSince = health.ready >= health.needed ? undefined : (lackingSince ?? clock.now());
    const isLacking = lackingSince !== undefined && (health.ready === 0 || clock.now() - lackingSince >= forgiven);
    if (isLacking) {
      const seen = await condemned(work, step);
      if (seen !== undefined) return seen;
      lackingSince = undefined;
    }
    if (work.signal.aborted) return { evidence: {} };
    await live.changed(Math.max(1, Math.min(250, until - clock.now())));
  }
  return await lastLook(work, step, "soaked");
}

/** The watches may have lost contact without a word, and no data is never a verdict: the end is judged by what is read now. */
async function lastLook(work: Work, step: Confirm | Soak, what: "confirmed" | "soaked"): Promise<Done> {
  const snapshot = await takeSnapshot(work.setting);
  const health = healthOf(step.color, snapshot);
  const isGood = what === "confirmed" ? health.isGood : health.ready >= health.needed;
  return isGood ? proof(snapshot, step.color, what) : await condemn(work, { step, snapshot, health });
}

/** The failure, if what the watches say is what is read now. */
async function condemned(work: Work, step: Soak): Promise<Done | undefined> {
  const snapshot = await takeSnapshot(work.setting);
  const health = healthOf(step.color, snapshot);
  return health.ready >= health.needed ? undefined : await condemn(work, { step, snapshot, health });
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
