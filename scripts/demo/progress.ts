import { shortened } from "@cutover/release";
import type { WorkflowEvent } from "@cutover/workflow";
import type { StepView } from "./scene.ts";

/** The commit that an action is pinned to. */
const longPin = /(?<=@)([0-9a-f]{7})[0-9a-f]{33}\b/;

/** Reads the steps of a workflow from its events, and what an action tells of inside one from its log; `now` in milliseconds. */
export function stepReader(steps: StepView[], now: () => number): (event: WorkflowEvent) => void {
  let step: StepView | undefined;
  let read: (line: string) => void = () => undefined;
  const open = (title: string, isInner: boolean) => {
    const opened = {
      title: title.replace(longPin, "$1"),
      isInner,
      from: now(),
      to: undefined,
      failed: false,
      said: "",
    };
    steps.push(opened);
    return opened;
  };
  return (event) => {
    if (event.type === "step-started") {
      step = open(event.stepName, false);
      read = lineReader((title) => open(title, true), now);
    } else if (event.type === "line") read(event.line);
    else if (event.type === "step-ended" && step !== undefined) {
      step.to = now();
      step.failed = event.result.conclusion !== "success";
    }
  };
}

function lineReader(open: (title: string) => StepView, now: () => number): (line: string) => void {
  let step: StepView | undefined;
  let resume: string | undefined;
  let groups = 0;
  return (line) => {
    const [, token] = /^::stop-commands::(.+)$/.exec(line) ?? [];
    const [, title] = /^##\[group\](.*)$/.exec(line) ?? [];
    if (resume !== undefined) {
      if (line === `::${resume}::`) resume = undefined;
      else if (step !== undefined && !step.failed) Object.assign(step, { failed: true, said: readable(line) });
      // What follows was said by the cluster: a step quotes it only to explain why the release is not good.
    } else if (token !== undefined) resume = token;
    else if (title !== undefined) {
      groups += 1;
      // In the first the runner itself says what it starts.
      if (groups > 1) step = open(title);
    } else if (line === "##[endgroup]") {
      if (step !== undefined) step.to = now();
      step = undefined;
    } else if (step !== undefined && line !== "") step.said = readable(line);
  };
}

function readable(line: string): string {
  return shortened(line.trim());
}
