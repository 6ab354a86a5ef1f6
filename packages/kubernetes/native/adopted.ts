import { annotation, type Color, colors, isColor } from "@cutover/release";
import * as z from "zod";
import type { Resource } from "../client/model.ts";
import { annotationOf, type Deployment, type Service } from "./kinds.ts";
import type { Setting } from "./setting.ts";
import type { Snapshot } from "./snapshot.ts";

/** A Deployment that was taken over as a color: it keeps its name, and its pods may keep what they carried as the color's label. */
export interface Adopted {
  deployment: string;
  color: Color;
  /** What its pods carry under the color's label. */
  value: string;
}

const format = z.object({ deployment: z.string(), color: z.string().refine(isColor), value: z.string() });

/** What stands on a Service about it; `undefined` where nothing was taken over. */
export function readAdopted(service: Resource | undefined): Adopted | undefined {
  const text = annotationOf(service, annotation.adopted);
  if (text === undefined) return undefined;
  try {
    return format.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Whether this Deployment is the one: another that somebody has made under its name since is not. */
export function isAdopted(deployment: Deployment | undefined, color: Color): boolean {
  return annotationOf(deployment, annotation.adopted) === color;
}

/** By what the Service selects a color. */
export function labelValue(color: Color, { adopted }: Pick<Snapshot, "adopted">): string {
  return adopted?.color === color ? adopted.value : color;
}

/** The color that the Service selects, by whatever word. */
export function activeColor(snapshot: Snapshot, { colorLabel }: Setting): Color | undefined {
  const selected = snapshot.service?.spec.selector?.[colorLabel];
  if (snapshot.adoption !== undefined || selected === undefined) return undefined;
  return isColor(selected) ? selected : colors.find((color) => labelValue(color, snapshot) === selected);
}

/** The name of a color's Deployment, as it is or as it is to be. */
export function slotDeployment(color: Color, { adopted }: Pick<Snapshot, "adopted">, { deployments }: Setting): string {
  return adopted?.color === color ? adopted.deployment : deployments[color];
}

/** Whether it is to be found out what stands behind the Service: it selects no color, and may be taken over. */
export function isToBeAdopted(
  service: Service | undefined,
  { adopt, colorLabel }: Setting,
  adopted?: Adopted,
): service is Service {
  const { selector = {}, type } = service?.spec ?? {};
  const selected = selector[colorLabel];
  const isNeither = !isColor(selected) && (selected === undefined || selected !== adopted?.value);
  return adopt === true && isNeither && type !== "ExternalName" && Object.keys(selector).length > 0;
}
