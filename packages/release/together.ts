import type { World } from "./apply.ts";
import { findGoal, isServing } from "./goal.ts";
import { findRevision } from "./history.ts";
import type { Wanted } from "./model.ts";
import type { Decision, End, Failure } from "./step.ts";

/** How far one service of several has come, in this order; `failing` is on its way back. */
const stages = [
  "unseen",
  "failing",
  "entering",
  "claiming",
  "preparing",
  "proved",
  "arriving",
  "soaking",
  "soaked",
  "leaving",
  "arrived",
  "over",
] as const;
export type Stage = (typeof stages)[number];

/** One of the services that are released together, as the others see it. */
export interface Member {
  service: string;
  stage: Stage;
  /** Whether a switch back comes next. */
  isGoingBack: boolean;
}

/** Where a service stands with what it would do next. */
export function stageOf({ observed, evidence }: World, wanted: Wanted, next: Decision): Stage {
  if (next.kind !== "step") return isArrived(next) && evidence.switched === true ? "arrived" : "over";
  const { step } = next;
  if (step.kind === "lock") return "entering";
  if (evidence.failure !== undefined) return "failing";
  const goal = findGoal(observed, wanted);
  if ("refusal" in goal || !isServing(observed, goal)) return step.kind === "switch" ? "proved" : "preparing";
  if (step.kind === "confirm") return "arriving";
  if (step.kind === "soak") return "soaking";
  return step.kind === "mark" && step.result === "confirmed" ? "soaked" : "leaving";
}

/** Whether all have come so far that none of them goes back any more. */
export function isSettled(members: readonly Member[]): boolean {
  return members.every(reached("soaked"));
}

/**
 * Whether the service at `index`, in the declared order, may do what comes next there. Locks are taken by name, so that
 * two runs never wait for each other; nothing is written before all have theirs, nothing switched before all are proved,
 * and then in the declared order, each once the one before is confirmed; what is old goes when all are confirmed. The way
 * back is the reverse of the way there.
 */
export function mayGo(members: readonly Member[], index: number): boolean {
  const own = members[index];
  if (own === undefined) return true;
  switch (own.stage) {
    case "entering":
      return members.every(
        (one) => reached("entering")(one) && (one.service >= own.service || reached("claiming")(one)),
      );
    case "preparing":
    case "soaked":
    case "leaving":
      return members.every(reached(own.stage));
    case "proved":
      return members.every(reached("proved")) && members.slice(0, index).every(reached("soaking"));
    case "arrived":
      return members.every(reached("leaving"));
    case "failing":
      return !own.isGoingBack || members.slice(index + 1).every(isBack);
    case "unseen":
    case "claiming":
    case "arriving":
    case "soaking":
    case "over":
      return true;
  }
}

/** What another service's trouble means for this one: it fails with it, ends before it began, or keeps what it had before. */
export function sharedFate(
  { observed, evidence }: World,
  { wanted, next, trouble }: { wanted: Wanted; next: Decision; trouble: string },
): Failure | End | undefined {
  if (next.kind !== "step" && !(isArrived(next) && evidence.switched === true)) return undefined;
  const reason = `Service ${observed.service.name} goes no other way than the services that it is released with: ${trouble}`;
  const goal = findGoal(observed, wanted);
  const hint = "Mend what that says, then run this again for all of them.";
  if ("refusal" in goal || goal.revision === undefined || !observed.locked || wanted.kind === "retire") {
    return { kind: "done", outcome: "failed", reason, hint };
  }
  const { color, revision } = goal;
  const isOld = evidence.switched !== true && findRevision(observed.history, revision)?.result === "confirmed";
  if (isOld && isServing(observed, goal)) {
    return {
      kind: "done",
      outcome: "succeeded",
      reason: `Service ${observed.service.name} served revision ${revision} before`,
    };
  }
  return { outcome: "failed", revision, color, step: next.kind === "step" ? next.step.kind : "soak", reason, hint };
}

function isArrived(end: End): boolean {
  return end.kind === "done" && end.outcome === "succeeded";
}

function reached(stage: Stage): (member: Member) => boolean {
  return (member) => stages.indexOf(member.stage) >= stages.indexOf(stage);
}

/** Whether it will not switch back any more, or never has to. */
function isBack({ stage, isGoingBack }: Member): boolean {
  return stage === "over" || (stage === "failing" && !isGoingBack);
}
