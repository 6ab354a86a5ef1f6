import type { Look, Preview, Resource } from "@cutover/kubernetes";
import { type Color, findGoal } from "@cutover/release";
import * as z from "zod";
import { type PodSpec, podSpec } from "./pod-spec.ts";
import { releaseTerms } from "./release-terms.ts";

const deployment = z.looseObject({
  spec: z.looseObject({ template: z.looseObject({ spec: podSpec }) }),
});

/** The pods that a release of one service would bring; of a preflight without a release, those that serve. */
export interface Candidate {
  readonly service: string;
  /** `undefined` where no slot has anything to look at. */
  readonly color: Color | undefined;
  /** Name of the Deployment. */
  readonly deployment: string;
  readonly pod: PodSpec;
  /** How many of them. */
  readonly replicas: number;
  /** How many its autoscaler may make of them; as many where there is none. */
  readonly most: number;
  /** How many the slot has already. */
  readonly running: number;
}

/** @param rehearsal what the server's dry run makes of the release; without one the manifests say it, or the active slot */
export function candidateOf(
  { observed, snapshot, setting: { source } }: Look,
  isOfRelease: boolean,
  rehearsal?: Preview,
): Candidate | undefined {
  const goal = isOfRelease ? findGoal(observed, releaseTerms) : undefined;
  const color = goal !== undefined && "color" in goal ? goal.color : observed.service.active;
  if (color === undefined) return undefined;
  const changes = [...(rehearsal?.changes.values() ?? [])].flat();
  const planned = changes.findLast(({ after }) => after?.kind === "Deployment")?.after;
  const rendered = source.kind === "manifests" ? source.rendered[color].deployment : undefined;
  const live: Resource | undefined = snapshot.deployments[color];
  const found = deployment.safeParse(planned ?? rendered ?? live);
  const slot = observed.slots[color];
  if (!found.success) return undefined;
  return {
    service: observed.service.name,
    color,
    deployment: slot.deployment,
    pod: found.data.spec.template.spec,
    replicas: slot.target,
    most: Math.max(slot.target, slot.autoscaler?.ceiling ?? 0),
    running: slot.replicas,
  };
}
