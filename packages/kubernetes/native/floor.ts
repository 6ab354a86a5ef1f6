import { annotation } from "@cutover/release";
import * as z from "zod";
import { type Kept, keptFields } from "./keepers.ts";
import { type Autoscaler, annotationOf } from "./kinds.ts";

/** How low an autoscaler goes. */
export interface Floor {
  /** Pods below which it does not go now. */
  floor: number;
  /** The same by its owner's will: `undefined` where Kubernetes' default of one pod is. A hand has its will on a raised one too. */
  own: number | undefined;
  /** Whether it carries a note of ours. */
  held: boolean;
  /** What would write it back at once, and what to do about it. */
  kept: Kept | undefined;
}

/** Stands on an autoscaler whose floor is raised: what its owner had written, if anything, and what was written instead. */
const format = z.object({ own: z.number().optional(), raised: z.number() });

export function readFloor(scaler: Autoscaler): Floor {
  const { minReplicas } = scaler.spec;
  const note = noteOf(scaler);
  const own = note !== undefined && note.raised === minReplicas ? note.own : minReplicas;
  const held = annotationOf(scaler, annotation.floor) !== undefined;
  return { floor: minReplicas ?? 1, own, held, kept: keptFloor(scaler) };
}

/** The note on an autoscaler that is raised to `raised`. */
export function noteOn(scaler: Autoscaler, raised: number): string {
  const note: z.infer<typeof format> = { own: readFloor(scaler).own, raised };
  return JSON.stringify(note);
}

function noteOf(scaler: Autoscaler): z.infer<typeof format> | undefined {
  const text = annotationOf(scaler, annotation.floor);
  if (text === undefined) return undefined;
  try {
    return format.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** KEDA makes autoscalers of its own from ScaledObjects; others are kept by GitOps. */
function keptFloor(scaler: Autoscaler): Kept | undefined {
  const { name, ownerReferences = [] } = scaler.metadata;
  const maker = ownerReferences.find(({ controller }) => controller === true);
  if (maker === undefined) return keptFields(scaler, [["spec", "minReplicas"]]);
  const owner = `${maker.kind} ${maker.name}`;
  return { what: `HorizontalPodAutoscaler ${name} is made by ${owner}`, remedy: `Set the floor in ${owner}.` };
}
