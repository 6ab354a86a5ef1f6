import { converge, type Ending } from "./converge.ts";
import { CutoverError, type ErrorCode } from "./errors.ts";
import type { Observed, Wanted } from "./model.ts";
import { type Sketch, scene } from "./scenes.ts";
import { recordedSurroundings, type Script, type ScriptedEngine, scriptedEngine } from "./scripted-engine.ts";
import type { Failure, StepKind } from "./step.ts";

export const fresh: Sketch = { locked: false };
export const finished: Sketch = {
  locked: false,
  active: "green",
  green: {},
  history: { 1: "A confirmed", 2: "B confirmed" },
};
export const conflict = new CutoverError("conflict", "Somebody else wrote Service shop first");
export const failure = (step: StepKind): Failure => ({
  outcome: "failed",
  revision: 2,
  color: "green",
  step,
  reason: "No pod is ready",
  hint: "Mend the probe",
});
export const sick = (seen: Observed): Observed => ({
  ...seen,
  slots: { ...seen.slots, green: { ...seen.slots.green, ready: 0 } },
});

export function failing(code: ErrorCode, hint?: string): CutoverError {
  return new CutoverError(code, `It is ${code}`, hint === undefined ? {} : { hint });
}

export interface Run {
  ending: Ending;
  engine: ScriptedEngine;
  lines: readonly string[];
  seen: readonly Observed[];
}

/** What the engine is to answer to its steps, and the step in which the job is cancelled. */
export type Course = Script & { cancelledIn?: StepKind };

/** Runs the loop on a scripted engine. */
export async function run(sketch: Sketch, wanted: Wanted, { cancelledIn, ...script }: Course = {}): Promise<Run> {
  const engine = scriptedEngine(scene(sketch), script);
  const seen: Observed[] = [];
  const around = recordedSurroundings();
  const onObserved = (observed: Observed) => {
    seen.push(observed);
    if (cancelledIn !== undefined && engine.executed.at(-1)?.kind === cancelledIn) around.abort("SIGINT");
  };
  const ending = await converge(engine, wanted, { ...around, onObserved });
  return { ending, engine, lines: around.lines, seen };
}
