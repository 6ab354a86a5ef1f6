import { annotation, type Color, type Images, isColor } from "@cutover/release";
import * as z from "zod";
import type { Resource } from "../client/model.ts";
import { annotationOf, type ServicePort } from "./kinds.ts";

/** What stands on a Service about its last switch. Versioned: fields may be added, never change their meaning. */
export interface State {
  version: 1;
  color: Color;
  revision: number | undefined;
  images: Images;
  /** Calendar time of the switch, ISO 8601. */
  switchedAt: string;
  commit: string;
  run: string;
  actor: string;
  previousColor: Color | undefined;
  previousRevision: number | undefined;
  /** Set while a rollback is in force: the revision that it left. */
  rolledBackFrom: number | undefined;
  /** The user's own words for a rollback. */
  reason?: string | undefined;
  /** The Service's ports before the switch, where that changed them: what the revision before it answers on. */
  previousPorts?: readonly ServicePort[] | undefined;
}

const format = z.object({
  version: z.literal(1),
  color: z.string().refine(isColor),
  revision: z.number().int().optional(),
  images: z.record(z.string(), z.string()),
  switchedAt: z.iso.datetime(),
  commit: z.string(),
  run: z.string(),
  actor: z.string(),
  previousColor: z.string().refine(isColor).optional(),
  previousRevision: z.number().int().optional(),
  rolledBackFrom: z.number().int().optional(),
  reason: z.string().optional(),
  previousPorts: z.array(z.looseObject({ port: z.number().int() })).optional(),
});

/** `undefined` for a Service that was never switched by us, and for a state that nobody can read any more. */
export function readState(service: Resource | undefined): State | undefined {
  const text = annotationOf(service, annotation.state);
  if (text === undefined) return undefined;
  const parsed = format.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { previousColor, previousRevision, rolledBackFrom, revision, previousPorts, ...rest } = parsed.data;
  // The API server took them as ports once.
  const ports = previousPorts as readonly ServicePort[] | undefined;
  return { ...rest, revision, previousColor, previousRevision, rolledBackFrom, previousPorts: ports };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
