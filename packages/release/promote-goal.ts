import { digestsOf } from "./approval.ts";
import type { GoalOrRefusal } from "./goal.ts";
import { activeRevision, findRevision, newestFirst } from "./history.ts";
import type { Approval, Observed, Slot } from "./model.ts";

/** The very preview that was approved, or what is another than it was then. */
export function promoteGoal(observed: Observed, approved: Readonly<Record<string, Approval>>): GoalOrRefusal {
  const { name, active, revision } = observed.service;
  const approval = Object.hasOwn(approved, name) ? approved[name] : undefined;
  if (approval === undefined) {
    return {
      refusal: `Nothing of Service ${name} was approved`,
      hint: "Pass the output `preview` of the blue-green-deploy that released it as `approved`.",
    };
  }
  const isActive = active === approval.color && revision === approval.revision;
  const difference = otherContent(observed, approval) ?? (isActive ? undefined : otherWorld(observed, approval));
  if (difference === undefined) return { color: approval.color, hash: approval.hash, revision: approval.revision };
  return {
    refusal: `Revision ${approval.revision} of Service ${name} is not what was approved: ${difference}`,
    hint: "Run blue-green-deploy with `switch: manual` again, and have approved what that proves.",
  };
}

/** How the slot differs from what was looked at. */
function otherContent({ slots, history }: Observed, approval: Approval): string | undefined {
  const { color, revision, hash } = approval;
  const slot = slots[color];
  if (!slot.exists) return `Deployment ${slot.deployment} is gone`;
  if (slot.revision !== revision) {
    return `Deployment ${slot.deployment} holds ${slot.revision === undefined ? "no revision" : `revision ${slot.revision}`}`;
  }
  const image = otherImage(slot, approval);
  if (image !== undefined) return image;
  if (slot.hash !== hash) return `Deployment ${slot.deployment} carries ${slot.hash}, and ${hash} was approved`;
  const isKnown = findRevision(history, revision)?.hashes[color] === hash;
  return isKnown ? undefined : "the history does not know it any more";
}

function otherImage({ deployment, images }: Slot, approval: Approval): string | undefined {
  const live = digestsOf(images);
  const container = [...Object.keys(approval.images), ...Object.keys(live)].find(
    (one) => live[one] !== approval.images[one],
  );
  if (container === undefined) return undefined;
  const [now = "no image", then = "none"] = [live[container], approval.images[container]];
  return `container ${container} of Deployment ${deployment} has ${now}, and ${then} was approved`;
}

/** What happened since: an approval is good for one switch, from what served then. */
function otherWorld(observed: Observed, { color, revision, active }: Approval): string | undefined {
  const { service, history } = observed;
  const newest = newestFirst(history)[0]?.revision ?? revision;
  if (newest > revision) return `revision ${newest} was released since`;
  const result = findRevision(history, revision)?.result;
  if (result === "failed") return "it has failed since";
  if (result === "confirmed" || service.rolledBackFrom === revision) return "it had the traffic since, and was left";
  if (service.active === color) return `Service ${service.name} selects ${color} already, under another number`;
  const serves = service.active === undefined ? undefined : (activeRevision(observed)?.revision ?? 0);
  if (serves === active) return undefined;
  return `what served then was ${said(active)}, and now it is ${said(serves)}`;
}

function said(revision: number | undefined): string {
  if (revision === undefined) return "nothing";
  return revision === 0 ? "something that nobody recorded" : `revision ${revision}`;
}
