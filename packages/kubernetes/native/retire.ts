import {
  type Color,
  CutoverError,
  cutBy,
  formatDuration,
  type Observed,
  otherColor,
  type Step,
  tellParting,
} from "@cutover/release";
import { labelValue, slotDeployment } from "./adopted.ts";
import { checkClaim, deleteOn, writeOn } from "./conditional.ts";
import { beginFarewell, endFarewell } from "./farewell.ts";
import { as, type Deployment, refTo, type Service } from "./kinds.ts";
import { prune } from "./prune.ts";
import { readState } from "./state.ts";
import type { Done, Work } from "./work.ts";

/** Waits while open connections on the inactive slot come to their end. */
export async function drain(
  { setting: { clock, log }, signal }: Work,
  step: Extract<Step, { kind: "drain" }>,
  observed: Observed,
): Promise<Done> {
  log.info(`Open connections on ${step.color} have ${formatDuration(step.milliseconds)} to end`);
  await clock.sleep(step.milliseconds, signal);
  const { lastSwitch } = observed.service;
  return { evidence: signal.aborted || lastSwitch === undefined ? {} : { drained: lastSwitch.at } };
}

/**
 * Scales the inactive slot to 0, and then deletes it if asked. Nothing that the Service may select is touched, and a scale-down is
 * undone if the Service moved meanwhile; what is deleted has no pods any more. Connections that are cut by it are a warning.
 */
export async function retire(work: Work, step: Extract<Step, { kind: "retire" }>, observed: Observed): Promise<Done> {
  const { client, log } = work.setting;
  const live = work.snapshot.deployments[step.color];
  if (live === undefined) return { evidence: {} };
  checkClaim(live, work.claim);
  const farewell = await beginFarewell(work, step.color);
  await refuseActive(work, step.color);
  const empty = live.spec.replicas === 0 ? live : await scaleDown(work, live, step.color);
  if (step.how === "delete") {
    await deleteOn(client, empty);
    log.info(`Deleted Deployment ${live.metadata.name}`);
  }
  if (step.how === "delete") {
    const { revisions } = work.snapshot;
    await prune(work, { color: step.color, revisions, kept: revisions, held: undefined });
  }
  const parting = await work.budget.exempt(() => endFarewell(work, farewell, observed));
  if (parting === undefined) return { evidence: {} };
  const cut = cutBy(parting);
  if (cut === undefined) log.info(tellParting(parting));
  else log.warning(`${cut.message}. ${cut.hint}`);
  return { evidence: { parting } };
}

async function scaleDown(work: Work, live: Deployment, color: Color): Promise<Deployment> {
  const { client, log } = work.setting;
  const before = live.spec.replicas ?? 1;
  const scale = async (from: Deployment, replicas: number) =>
    as(
      "Deployment",
      await writeOn(client, from, ({ uid, resourceVersion }) => ({
        type: "merge",
        body: { metadata: { uid, resourceVersion }, spec: { replicas } },
      })),
    );
  const scaled = await scale(live, 0);
  try {
    await refuseActive(work, color);
  } catch (error) {
    await scale(scaled, before);
    throw error;
  }
  log.info(`Scaled Deployment ${live.metadata.name} from ${before} to 0 pods`);
  return scaled;
}

/** @throws superseded unless the Service is not there or selects the other color. */
async function refuseActive({ setting, snapshot, claim }: Work, color: Color): Promise<void> {
  const { client, namespace, service, colorLabel } = setting;
  const found = await client.find(refTo("Service", namespace, service));
  const live: Service | undefined = found === undefined ? undefined : as("Service", found);
  if (live === undefined) return;
  checkClaim(live, claim);
  const selected = live.spec.selector?.[colorLabel];
  if (selected === labelValue(otherColor(color), snapshot)) return;
  const actor = readState(live)?.actor;
  const what =
    selected === labelValue(color, snapshot)
      ? `was moved to ${color}${actor === undefined ? "" : ` (its last switch by cutover was ${actor}'s)`}`
      : `selects ${selected === undefined ? "no color" : `${colorLabel}=${selected}`} now`;
  throw new CutoverError(
    "superseded",
    `Service ${service} ${what}, so Deployment ${slotDeployment(color, snapshot, setting)} stays`,
    {
      hint: "Nothing more is written by this run. Look who changed the Service, and run this again if it is still wanted.",
    },
  );
}
