import { type Color, colors, otherColor } from "@cutover/release";
import type { Resource } from "../client/model.ts";
import type { ControllerRevision, Deployment } from "./kinds.ts";
import { type Recorded, readRecorded } from "./revisions.ts";

/** Kinds of which each color may have objects of its own, and none that holds data. */
const perColor: ReadonlySet<string> = new Set([
  ...["ConfigMap", "Secret", "Service", "PodDisruptionBudget"],
  ...["HorizontalPodAutoscaler", "VerticalPodAutoscaler", "ScaledObject"],
]);

/** What is to be tidied up. */
export interface Attic {
  color: Color;
  /** What releases of the service have recorded, all that is known. */
  revisions: readonly Recorded[];
  /** That to which a rollback may still go. */
  kept: readonly Recorded[];
  /** What the slot holds; nothing where it is about to go. */
  held: Recorded | undefined;
}

/** One object as text: API group, kind, name. */
export function identityOf({ apiVersion, kind, metadata: { name } }: Resource): string {
  return `${apiVersion.replace(/\/.*$/, "")} ${kind} ${name}`;
}

/**
 * Objects that releases have made for one color and that neither its slot nor a way back needs. A rollback makes everything anew
 * but the Secrets, of which the history has no values.
 */
export function leftovers({ color, revisions, kept, held }: Attic): readonly Resource[] {
  // What a Deployment that was only given images needs is known to nobody.
  if (held?.kind === "deployment") return [];
  const needed = new Set([held, ...kept].flatMap((one) => neededBy(one, one === held)));
  const known = revisions.flatMap((one) => ownObjects(one, color));
  const left = known.filter((one) => !needed.has(identityOf(one)));
  const specs = kept.filter((one) => one.kind === "deployment");
  const unnamed = left.filter(({ metadata: { name } }) => !specs.some(({ spec }) => isNamedIn(spec, name)));
  return [...new Map(unnamed.map((one) => [identityOf(one), one])).values()];
}

/** Leftovers that others in the namespace know: releases of other services, and Deployments whose pods read them. */
export function isUsedElsewhere(
  object: Resource,
  others: readonly ControllerRevision[],
  deployments: readonly Deployment[],
): boolean {
  const identity = identityOf(object);
  const recorded = others.map(readRecorded).filter((one) => one !== undefined);
  const isOthers = recorded.some((one) => everyObject(one).some((other) => identityOf(other) === identity));
  return isOthers || deployments.some(({ spec }) => isNamedIn(spec.template, object.metadata.name));
}

function everyObject(recorded: Recorded): readonly Resource[] {
  return recorded.kind === "manifests" ? colors.flatMap((color) => recorded.rendered[color].objects) : [];
}

function neededBy(recorded: Recorded | undefined, isHeld: boolean): readonly string[] {
  const objects = recorded === undefined ? [] : everyObject(recorded);
  return objects.filter(({ kind }) => isHeld || kind === "Secret").map(identityOf);
}

/** Without those that both colors share. */
function ownObjects(recorded: Recorded, color: Color): readonly Resource[] {
  if (recorded.kind !== "manifests") return [];
  const shared = new Set(recorded.rendered[otherColor(color)].objects.map(identityOf));
  return recorded.rendered[color].objects.filter((one) => perColor.has(one.kind) && !shared.has(identityOf(one)));
}

/** Whether any text in it is just this name, wherever that stands. */
function isNamedIn(value: unknown, name: string): boolean {
  if (typeof value !== "object" || value === null) return value === name;
  return Object.values(value).some((one) => isNamedIn(one, name));
}
