import { annotation, type Step } from "@cutover/release";
import type { Resource } from "../client/model.ts";
import type { Work } from "./work.ts";

export type Prepare = Extract<Step, { kind: "prepare" }>;

/** One object as it was and as the server has it afterwards. */
export interface Change {
  before: Resource | undefined;
  after: Resource;
}

/** One slot that is being written. */
export interface Filling {
  work: Work;
  step: Prepare;
  /** Pods that it is to have. */
  replicas: number;
  dryRun: boolean;
}

/** What stands on a slot's Deployment about who wrote it. */
export function annotationsOf({ claim }: Work, { revision }: Prepare): Record<string, string> {
  return { [annotation.revision]: String(revision), [annotation.epoch]: String(claim.epoch) };
}
