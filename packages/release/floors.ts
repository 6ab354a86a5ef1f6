import { colors } from "./color.ts";
import { findRevision } from "./history.ts";
import type { Observed, Slot } from "./model.ts";
import type { Decision } from "./step.ts";

/** The autoscaler of a slot without traffic is kept from going below `pods`, as far as its ceiling lets it. */
export function held({ color, autoscaler }: Slot, pods: number): Decision | undefined {
  if (autoscaler === undefined || autoscaler.kept) return undefined;
  const floor = Math.min(pods, autoscaler.ceiling);
  return autoscaler.floor < floor ? { kind: "step", step: { kind: "hold-floor", color, pods: floor } } : undefined;
}

/** A raised floor has served its time on a slot that is empty, and on one that has the traffic for good. */
export function restored({ slots, service, history }: Observed): Decision | undefined {
  const color = colors.find((one) => {
    const { autoscaler, replicas, revision } = slots[one];
    const serves = service.active === one && findRevision(history, revision)?.result === "confirmed";
    return autoscaler?.held === true && (replicas === 0 || serves);
  });
  return color === undefined ? undefined : { kind: "step", step: { kind: "restore-floor", color } };
}
