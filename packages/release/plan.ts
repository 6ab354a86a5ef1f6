import { apply, type World } from "./apply.ts";
import type { Observed, Wanted } from "./model.ts";
import { nextStep } from "./next-step.ts";
import { type End, noEvidence, type Step } from "./step.ts";

export interface Plan {
  steps: readonly Step[];
  /** How it ends if all goes well. */
  end: End;
}

/** No release is longer; a plan that is has a circle in it. */
const longest = 40;

/** The walk from the world as it is to the end, if all goes well. */
export function plan(observed: Observed, wanted: Wanted): Plan {
  const steps: Step[] = [];
  let world: World = { observed, evidence: noEvidence };
  while (steps.length < longest) {
    const decision = nextStep(world.observed, world.evidence, wanted);
    if (decision.kind !== "step") return { steps, end: decision };
    steps.push(decision.step);
    world = apply(world, decision.step);
  }
  throw new Error(`The plan goes in a circle: ${steps.map((step) => step.kind).join(" → ")}`);
}
