import {
  annotation,
  type Color,
  CutoverError,
  canonicalJson,
  formatDuration,
  type Observed,
  type Step,
} from "@cutover/release";
import type { Metadata, Patch, Resource } from "../client/model.ts";
import { labelValue } from "./adopted.ts";
import { checkClaim, createOn, writeOn } from "./conditional.ts";
import type { Change } from "./filling.ts";
import { annotationOf, as, type ControllerRevision, type Service, type ServicePort } from "./kinds.ts";
import { portsOfRevision, portsToCome } from "./ports.ts";
import { recordedService } from "./revisions.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Rendered } from "./source.ts";
import type { State } from "./state.ts";
import type { Done, Work } from "./work.ts";

type Switch = Extract<Step, { kind: "switch" | "switch-back" }>;
type Narrow = Extract<Step, { kind: "narrow" }>;
/** A write of the selector; `narrow` keeps the traffic where it is. */
interface Move {
  kind: Switch["kind"] | "narrow";
  from: Color | undefined;
  to: Color;
  revision: number | undefined;
  leaves?: number;
}

/** The one write that moves traffic: selector, ports and what stands on the Service, in one conditional patch. */
export async function switchTraffic(work: Work, step: Switch, observed: Observed): Promise<Done> {
  const { log, clock, service, colorLabel } = work.setting;
  const started = clock.now();
  if (step.kind === "switch" && work.budget.left() <= 0) throw tooLate(work);
  const { after } = await writeService(work, step, { observed });
  log.info(`Service ${service} selects ${colorLabel}=${step.to} (written in ${formatDuration(clock.now() - started)})`);
  const evidence = step.kind === "switch" ? { switched: true } : { switched: true, switchedBack: true };
  return { evidence, snapshot: { ...work.snapshot, service: as("Service", after) } };
}

/** The selector of a Service that selected no color names the one of what it sends to; nothing else of it changes. */
export async function narrow(work: Work, step: Narrow, observed: Observed): Promise<Done> {
  const { after } = await writeNarrowing(work, step, { observed });
  const selector = Object.entries(as("Service", after).spec.selector ?? {}).map(([key, value]) => `${key}=${value}`);
  work.setting.log.info(`Service ${after.metadata.name} selects ${selector.join(",")}`);
  return { evidence: {}, snapshot: { ...work.snapshot, service: as("Service", after) } };
}

/** The write of a narrowing; with `dryRun` the server only says what it would make. */
export async function writeNarrowing(
  work: Work,
  { color, revision }: Narrow,
  how: { observed: Observed; dryRun?: boolean },
): Promise<Change> {
  return await writeService(work, { kind: "narrow", from: undefined, to: color, revision }, how);
}

/** The write of a switch; with `dryRun` the server only says what it would make. */
export async function writeService(
  work: Work,
  step: Move,
  { observed, dryRun = false }: { observed: Observed; dryRun?: boolean },
): Promise<Change> {
  const { client, colorLabel } = work.setting;
  const { service: before } = work.snapshot;
  const ports = before === undefined ? undefined : portsAfter(work, step, before);
  const state = stateAfter(work, step, { observed, previousPorts: ports === undefined ? [] : portsOf(before) });
  if (before === undefined)
    return { before, after: await createOn(client, firstService(work, step, state), { dryRun }) };
  checkClaim(before, work.claim);
  const spec = {
    selector: { [colorLabel]: labelValue(step.to, work.snapshot) },
    ...(ports === undefined ? {} : { ports: ports as never }),
  };
  const annotations = { ...annotationsOf(work, state, before), ...adoptedOf(work, before) };
  const patch = ({ uid, resourceVersion }: Metadata): Patch => ({
    type: "merge",
    body: { metadata: { uid, resourceVersion, annotations: annotations as never }, spec },
  });
  return { before, after: await writeOn(client, before, { patch, dryRun }) };
}

/** Longest reason that is kept: the state stays small. */
const longestReason = 500;

function stateAfter(
  { setting }: Work,
  step: Move,
  { observed: { service, slots }, previousPorts }: { observed: Observed; previousPorts: readonly ServicePort[] },
): State {
  const { identity, clock, reason } = setting;
  return {
    version: 1,
    color: step.to,
    revision: step.revision,
    images: slots[step.to].images,
    switchedAt: clock.date().toISOString(),
    commit: identity.commit,
    run: identity.runUrl,
    actor: identity.actor,
    previousColor: step.from,
    previousRevision: step.from === undefined ? undefined : service.revision,
    rolledBackFrom: step.kind === "switch" ? step.leaves : undefined,
    ...(reason === undefined || step.kind !== "switch" ? {} : { reason: reason.slice(0, longestReason) }),
    ...(previousPorts.length === 0 ? {} : { previousPorts }),
  };
}

function annotationsOf({ claim }: Work, state: State, before?: Service): Record<string, string> {
  return {
    [annotation.revision]: state.revision === undefined ? "" : String(state.revision),
    [annotation.state]: JSON.stringify(state),
    [annotation.epoch]: String(claim.epoch),
    // Each write another one, so that even one which changes nothing else gives the Service a new version.
    [annotation.operation]: `${claim.epoch}-${before?.metadata.resourceVersion ?? "first"}`,
  };
}

/** What was taken over is noted, and forgotten once it has gone. */
function adoptedOf({ snapshot: { adopted } }: Work, before: Service): Record<string, string | null> {
  if (adopted !== undefined) return { [annotation.adopted]: JSON.stringify(adopted) };
  return annotationOf(before, annotation.adopted) === undefined ? {} : { [annotation.adopted]: null };
}

function portsOf(service: Service | undefined): readonly ServicePort[] {
  return service?.spec.ports ?? [];
}

/** The ports that the revision answers on, where they differ from the live ones; a node port that was given stays. */
function portsAfter(work: Work, step: Move, live: Service): readonly ServicePort[] | undefined {
  const revised = { color: step.to, revision: step.revision };
  const wanted =
    step.kind === "switch"
      ? portsToCome(work.setting, work.snapshot, revised)
      : portsOfRevision(work.snapshot, revised);
  const now = portsOf(live);
  if (wanted === undefined) return undefined;
  const merged = wanted.map((port) => ({
    ...now.find((one) => one.name === port.name && one.port === port.port),
    ...port,
  }));
  return canonicalJson(merged) === canonicalJson(now) ? undefined : merged;
}

function entryOf({ revisions }: Snapshot, { revision }: Move): ControllerRevision | undefined {
  return revisions.find((one) => one.revision === revision);
}

function serviceOf({ service }: Rendered): Service | undefined {
  return service === undefined ? undefined : as("Service", service);
}

/** A Service that did not exist comes into being already pointing at the proved slot. */
function firstService(work: Work, step: Move, state: State): Resource {
  const { service, namespace, colorLabel, source } = work.setting;
  const { to } = step;
  const wanted =
    source.kind === "manifests" ? serviceOf(source.rendered[to]) : recordedService(entryOf(work.snapshot, step), to);
  if (wanted === undefined)
    throw new CutoverError("not-found", `Service ${service} does not exist`, {
      hint: "Create it, or put it into the manifests.",
    });
  const metadata = {
    ...wanted.metadata,
    namespace,
    annotations: { ...wanted.metadata.annotations, ...annotationsOf(work, state) },
  };
  return { ...wanted, metadata, spec: { ...wanted.spec, selector: { ...wanted.spec.selector, [colorLabel]: to } } };
}

/** A switch that nobody would have the time to prove. */
function tooLate({ setting: { service, timeout } }: Work): CutoverError {
  return new CutoverError("timed-out", `Service ${service} was not switched: ${formatDuration(timeout)} had passed`, {
    hint: "The preview is proved and stays. Raise `timeout` and run it again: it goes on from there.",
  });
}
