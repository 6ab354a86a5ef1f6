import { copyFileSync } from "node:fs";
import { runWorkflow, type StepReport, type WorkflowEvent } from "@cutover/workflow";
import { stepReader } from "./progress.ts";
import { imageRepository, repository } from "./quickstart.ts";
import type { ActView, Scene } from "./scene.ts";
import type { World } from "./world.ts";

export interface Play {
  scene: Scene;
  world: World;
  /** Where the act's HTML report is to be left. */
  report: string;
  /** Cancels the workflow. */
  signal: AbortSignal;
}

/** Plays one act: a run of the workflow's own file, as GitHub would run it, and what it came to. */
export async function play(view: ActView, { scene, world, report, signal }: Play): Promise<void> {
  const { act, steps } = view;
  Object.assign(view, { state: "running", from: scene.now });
  let release: StepReport | undefined;
  const read = stepReader(steps, () => scene.now);
  const onEvent = (event: WorkflowEvent) => {
    read(event);
    if (event.type !== "step-ended" || !("outcome" in event.result.outputs)) return;
    release = event.result;
    // The job's own folder goes with the job, and the report with it.
    if (release.outputs.report) copyFileSync(release.outputs.report, report);
  };
  const { PATH = "", HOME = "" } = process.env;
  const { conclusion } = await runWorkflow({
    repository,
    file: `.github/workflows/${act.file}`,
    trigger: act.trigger,
    secrets: { KUBECONFIG_BASE64: Buffer.from(world.sandbox.kubeconfig).toString("base64") },
    // There is no registry: images are names here.
    vars: { IMAGE_REPOSITORY: imageRepository, PREFLIGHT_SKIP: "images, platforms" },
    ...world.runner,
    ...{ env: { PATH, HOME }, onEvent, signal },
  });
  if (signal.aborted) return;
  const error = release?.annotations.find(({ level }) => level === "error")?.message.split("\n") ?? [];
  const { version: answering } = await world.ask();
  view.ended = { conclusion, outputs: release?.outputs ?? {}, error, answering };
  Object.assign(view, { state: "over", to: scene.now });
}
