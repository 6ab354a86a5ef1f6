import {
  annotation,
  type Color,
  CutoverError,
  cutBy,
  formatDuration,
  type Observed,
  otherColor,
  type Step,
  tellParting,
} from "@cutover/release";
import type { Metadata } from "../client/model.ts";
import { labelValue, slotDeployment } from "./adopted.ts";
import { checkClaim, deleteOn, writeOn } from "./conditional.ts";
import { beginFarewell, endFarewell } from "./farewell.ts";
import { annotationOf, as, type Deployment, refTo, type Service } from "./kinds.ts";
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
 * The Deployment goes last: while it is there, whoever comes after a run that has died finds what is left to do.
 */
export async function retire(work: Work, step: Retire, observed: Observed): Promise<Done> {
  const { client, log } = work.setting;
  const live = work.snapshot.deployments[step.color];
  if (live === undefined) return { evidence: {} };
  checkClaim(live, work.claim);
  const farewell = await beginFarewell(work, step.color);
  await refuseActive(work, step.color);
  const empty = isEmptied(live, step) ? live : await emptied(work, live, step);
  if (step.how === "delete") {
    await prune(work, step, observed);
    await deleteOn(client, empty);
    log.info(`Deleted Deployment ${live.metadata.name}`);
  }
  const parting = await work.budget.exempt(() => endFarewell(work, farewell, observed));
  if (parting === undefined) return { evidence: {} };
  const cut = cutBy(parting);
  if (cut === undefined) log.info(tellParting(parting));
  else log.warning(`${cut.message}. ${cut.hint}`);
  return { evidence: { parting } };
}

type Retire = Extract<Step, { kind: "retire" }>;

/** What is to be deleted holds no revision any more: of what that needs only the Deployment may be left. */
function isEmptied(live: Deployment, { how }: Retire): boolean {
  const holds = annotationOf(live, annotation.revision) !== undefined;
  return live.spec.replicas === 0 && (how === "scale-down" || !holds);
}

async function emptied(work: Work, live: Deployment, { color, how }: Retire): Promise<Deployment> {
  const { client, log } = work.setting;
  const { spec, metadata } = live;
  const before = spec.replicas ?? 1;
  const write = async (from: Deployment, replicas: number, revision: string | null | undefined) => {
    const annotations = revision === undefined ? {} : { annotations: { [annotation.revision]: revision } };
    const patch = ({ uid, resourceVersion }: Metadata) => ({
      type: "merge" as const,
      body: { metadata: { uid, resourceVersion, ...annotations }, spec: { replicas } } as never,
    });
    return as("Deployment", await writeOn(client, from, patch));
  };
  const scaled = await write(live, 0, how === "delete" ? null : undefined);
  try {
    await refuseActive(work, color);
  } catch (error) {
    await write(scaled, before, annotationOf(live, annotation.revision));
    throw error;
  }
  if (before > 0) log.info(`Scaled Deployment ${metadata.name} from ${before} to 0 pods`);
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
