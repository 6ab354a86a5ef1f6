import { otherColor } from "./color.ts";
import type { Observed, Wanted } from "./model.ts";
import type { Decision, Evidence } from "./step.ts";

/** What is left of the time that the inactive slot's open connections have since the last switch. */
export function drained({ service }: Observed, evidence: Evidence, { drain }: Wanted): Decision | undefined {
  const { lastSwitch, active } = service;
  if (lastSwitch === undefined || active === undefined || evidence.drained === lastSwitch.at) return undefined;
  const milliseconds = Math.min(drain, drain - lastSwitch.ago);
  return milliseconds > 0
    ? { kind: "step", step: { kind: "drain", color: otherColor(active), milliseconds } }
    : undefined;
}
