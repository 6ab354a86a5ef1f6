export type * from "./model.ts";
export { lineReader } from "./runner/lines.ts";
export { type ActionRun, type ActionRunResult, runAction } from "./runner/run-action.ts";
export { createSecretMasker } from "./runner/secret-masker.ts";
export { readOutput, type StepOutput } from "./runner/step-output.ts";
