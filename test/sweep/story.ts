import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Frozen, SandboxOptions } from "@cutover/sandbox";
import type { ActionName } from "../../actions/index.ts";
import { openTown, type StepRun, type Town } from "../virtual/town.ts";

type Outputs = StepRun["outputs"];

/** One run of an action as a workflow asks for it. */
export interface Order {
  readonly action: ActionName;
  readonly inputs: Readonly<Record<string, string>>;
  /** How it ends in the past of a story; default `succeeded`. */
  readonly outcome?: string;
}

/** A past, and what is done then: the ground of every sweep. */
export interface Story {
  readonly name: string;
  /** The cluster before all else, with every image of the story. */
  readonly cluster: SandboxOptions;
  /** Put into the workspace. */
  readonly files?: Readonly<Record<string, string>>;
  readonly services: readonly string[];
  /** Ready pods and endpoints that each Service, once it is there, must lead to at any time. */
  readonly needed: number;
  /** A part of the names of images that let a Service down by themselves: while one serves, nothing is asked. */
  readonly excused?: string;
  /** What nobody may read in logs, outputs and objects. */
  readonly secrets?: readonly string[];
  /** What was done before, in order. */
  readonly past: readonly Order[];
  /** What is disturbed; it may need what the last run of the past said. */
  deed(past: Outputs): Order;
  /** What the deed has done when it has come part of its way, where others may go on from there to ends of their own. */
  readonly halfway?: readonly Order[];
  /** How it ends if nothing disturbs it, and the version that then serves. */
  readonly outcome: string;
  readonly serves: string;
  /** A newer release, and a way back, for those who come after it. */
  readonly newer: Order;
  readonly back: Order;
}

/** A story up to its deed: any number of clusters can begin there. */
export interface Begun {
  readonly story: Story;
  readonly deed: Order;
  readonly frozen: Frozen;
  /** The calendar's time, in milliseconds. */
  readonly date: number;
}

/** Long enough for pods and controllers to come to rest, in milliseconds. */
export const settling = 3_000;

/** Lives through the past of a story, once: a cluster costs a tenth of it. */
export async function begin(story: Story): Promise<Begun> {
  await using town = await open(story);
  await town.pass(settling);
  let said: Outputs = {};
  for (const [index, order] of story.past.entries()) {
    // The numbers of runs begin anew once the cluster is opened again.
    const run = await town.until(town.run(order.action, order.inputs, { env: { GITHUB_RUN_ID: `past-${index + 1}` } }));
    if (run.outputs.outcome !== (order.outcome ?? "succeeded"))
      throw new Error(`${story.name} cannot begin: ${run.log}`);
    said = run.outputs;
  }
  await town.pass(settling);
  const { sandbox } = town;
  return { story, deed: story.deed(said), frozen: sandbox.freeze(), date: sandbox.clock.date().getTime() };
}

/** A cluster in which the deed is what comes next: the same each time, down to the numbers of the requests that follow. */
export async function reopen({ story, frozen, date }: Begun): Promise<Town> {
  const town = await open(story, { frozen, objects: [], seed: 2 }, date);
  await town.pass(settling);
  return town;
}

async function open({ cluster, files = {} }: Story, more: SandboxOptions = {}, date?: number): Promise<Town> {
  const town = await openTown({ ...cluster, probeEveryMs: 1_000, ...more }, date);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(town.workspace, name), text);
  return town;
}
