import { isDeepStrictEqual } from "node:util";
import { CutoverError, colors } from "@cutover/release";
import type { Resource } from "../client/model.ts";
import type { Claimed } from "./claim.ts";
import { remedyFor } from "./keepers.ts";
import type { PodTemplate } from "./kinds.ts";
import { describeOwner, type Owner, ownersOf, ownManager } from "./owners.ts";
import type { Setting } from "./setting.ts";
import { imagesOf } from "./source.ts";

/** What somebody else did to an object in the middle of a run. */
interface Drift {
  /** `Service shop` */
  object: string;
  /** `spec.replicas: 2, now 1` */
  change: string;
  by: Owner | undefined;
}

type Where = Pick<Setting, "service">;

/**
 * What was proved was proved of the objects as they were. What this run wrote itself, and an autoscaler's scaling, is no drift.
 * @throws refused naming the object, what changed, who did it and when
 */
export function refuseDrift(known: Claimed, seen: Claimed, where: Where): void {
  const drift = serviceDrift(known, seen, where) ?? slotDrift(known, seen);
  if (drift === undefined) return;
  const { object, change, by } = drift;
  const remedy = by === undefined ? undefined : remedyFor(by.manager, change);
  const message = `${object} was changed in the middle of this release, by ${said(by)}: ${change}`;
  throw new CutoverError("refused", message, {
    hint: `${remedy ?? "Find out whether that was meant."} Then run this again: it starts from what it finds.`,
  });
}

/**
 * After the switch a hand on the selector has the last word.
 * @throws superseded naming who moved the Service and when
 */
export function refuseMoved(known: Claimed, seen: Claimed, where: Where): void {
  const drift = serviceDrift(known, seen, where);
  if (drift === undefined || !drift.change.startsWith("spec.selector")) return;
  const { object, change, by } = drift;
  const remedy = by === undefined ? undefined : remedyFor(by.manager, change);
  const message = `${object} was moved by ${said(by)} after this run had switched it: ${change}`;
  throw new CutoverError("superseded", message, {
    hint: `Nothing more is written by this run. ${remedy ?? "If that was not meant, run the release again."}`,
  });
}

/** What somebody made of a slot since it was proved: of its size only that it has none, as pods tell the rest. */
export function slotFailing(
  known: Resource,
  seen: Resource | undefined,
  object: string,
): { reason: string; hint: string } | undefined {
  const [before, after] = [specOf(known), seen === undefined ? {} : specOf(seen)];
  const sized = { ...after, replicas: after.replicas === 0 ? 0 : before.replicas };
  const drift = driftOf(known, seen === undefined ? seen : { ...seen, spec: sized }, object);
  if (drift === undefined) return undefined;
  const { change, by } = drift;
  const remedy = by === undefined ? undefined : remedyFor(by.manager, change);
  return {
    reason: `${object} was changed after it was proved, by ${said(by)}: ${change}`,
    hint: `${remedy ?? "Find out whether that was meant."} Then run this again: it starts from what it finds.`,
  };
}

function said(by: Owner | undefined): string {
  return by === undefined ? "somebody who left no name" : describeOwner(by);
}

function serviceDrift(known: Claimed, seen: Claimed, { service }: Where): Drift | undefined {
  return known.service === undefined ? undefined : driftOf(known.service, seen.service, `Service ${service}`);
}

function slotDrift(known: Claimed, seen: Claimed): Drift | undefined {
  for (const color of colors) {
    const before = known.deployments[color];
    if (before === undefined) continue;
    const drift = driftOf(before, seen.deployments[color], `Deployment ${before.metadata.name}`);
    if (drift !== undefined) return drift;
  }
  return undefined;
}

function driftOf(known: Resource, seen: Resource | undefined, object: string): Drift | undefined {
  if (seen === undefined) return { object, change: "it was deleted", by: undefined };
  if (seen.metadata.uid !== known.metadata.uid) {
    const [by] = ownersOf(seen, ["spec"]).filter(({ manager }) => manager !== ownManager);
    return { object, change: "it was deleted and made again", by };
  }
  if (seen.metadata.resourceVersion === known.metadata.resourceVersion) return undefined;
  const [before, after] = [specOf(known), specOf(seen)];
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (isDeepStrictEqual(before[field], after[field])) continue;
    const [by] = ownersOf(seen, ["spec", field]);
    if (by?.manager === ownManager || (field === "replicas" && scalers.test(by?.manager ?? ""))) continue;
    return { object, change: changeOf(field, before, after), by };
  }
  return undefined;
}

/** Who scales Deployments by themselves: the autoscaler, and KEDA between 0 and 1. */
const scalers = /^(kube-controller-manager|keda(-operator)?)$/;

type Spec = Readonly<Record<string, unknown>>;

function specOf({ spec }: Resource): Spec {
  return typeof spec === "object" && spec !== null ? (spec as Spec) : {};
}

function changeOf(field: string, before: Spec, after: Spec): string {
  const name = `spec.${field}`;
  if (field === "template") return `${name}${imagesBetween(before, after)}`;
  if (field !== "selector" && field !== "replicas") return name;
  const text = (value: unknown): string =>
    field === "replicas" ? String(value) : listed(asLabels(value)) || "no label at all";
  return `${name} was ${text(before[field])}, and is ${text(after[field])}`;
}

function imagesBetween(before: Spec, after: Spec): string {
  const [one, other] = [imagesIn(before), imagesIn(after)];
  const changed = Object.keys({ ...one, ...other }).find((name) => one[name] !== other[name]);
  return changed === undefined
    ? ""
    : `, image of ${changed}: ${one[changed] ?? "none"} before, ${other[changed] ?? "none"} now`;
}

function imagesIn({ template }: Spec): Readonly<Record<string, string>> {
  return imagesOf(template as PodTemplate | undefined);
}

function asLabels(value: unknown): Readonly<Record<string, string>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, string>>) : {};
}

function listed(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
}
