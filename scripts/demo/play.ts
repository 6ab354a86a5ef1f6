import { copyFile, mkdir } from "node:fs/promises";
import { type ActionRunResult, runAction } from "@cutover/workflow";
import { service } from "./acts.ts";
import { ask } from "./load.ts";
import { stepReader } from "./progress.ts";
import { workspace } from "./retail.ts";
import { type ActView, elapsed, type Scene } from "./scene.ts";
import { flawsOf } from "./verdict.ts";

export interface Play {
  scene: Scene;
  kubeconfig: string;
  /** Of the Service. */
  url: string;
  /** The file that the runner starts. */
  stub: string;
  /** Where the act's HTML report is to be left. */
  report: string;
  /** Ends the act's process. */
  signal: AbortSignal;
}

/** Plays one act: the bundle's own process, as the runner starts it, and then the verdict on how it ended. */
export async function play(view: ActView, setting: Play): Promise<ActionRunResult> {
  const { scene, kubeconfig, url, stub, report, signal } = setting;
  const temp = `${report}.temp`;
  await mkdir(temp, { recursive: true });
  Object.assign(view, { state: "running", from: elapsed(scene) });
  const { namespace, name, colorLabel } = service;
  const result = await runAction({
    stub,
    workspace,
    inputs: { kubeconfig, namespace, service: name, "color-label": colorLabel, ...view.act.inputs },
    // The job's own folder goes with the job, and the report with it.
    env: { RUNNER_TEMP: temp, GITHUB_REPOSITORY: "acme/retail" },
    interruption: { when: signal, how: "kill" },
    onLine: stepReader(view.steps, () => elapsed(scene)),
  });
  view.error = result.annotations.find(({ level }) => level === "error")?.message.split("\n") ?? [];
  const { report: written = "" } = result.outputs;
  if (written !== "") await copyFile(written, report);
  const { version } = await ask(url);
  view.flaws = flawsOf(view.act, { result, lost: view.lost, answering: version });
  Object.assign(view, { state: view.flaws.length === 0 ? "good" : "flawed", to: elapsed(scene) });
  return result;
}
